//! What can go wrong with the records, and the tests that provoke it. A test is listed by its file and function;
//! anyone who renames or removes one has to update this table.
//!
//! Faults of a database shared over a network have no test, because there is no such database.

#![expect(clippy::disallowed_methods, reason = "the tests are looked for in the source")]

use std::fs;
use std::path::Path;

/// Number, fault, tests.
const FAULTS: &[(u32, &str, &[&str])] = &[
    (
        1,
        "killed during a save",
        &[
            "tests/it/kills.rs what_was_saved_survives_being_killed_at_any_moment",
            "tests/it/kills.rs what_the_screen_said_was_kept_survives_being_killed",
        ],
    ),
    (2, "power cut", &["tests/it/power.rs whatever_is_left_of_the_disk_what_was_saved_is_on_it"]),
    (
        3,
        "disk full",
        &[
            "tests/it/full_disk.rs files_are_taken_in_until_there_is_no_room_and_again_when_there_is",
            "tests/it/full_disk.rs on_a_disk_that_is_full_from_the_start_nothing_half_is_made",
            "tests/it/full_disk.rs lines_say_that_there_is_no_room_keep_the_text_and_save_it_later",
            "tests/it/full_disk.rs the_screen_says_that_there_is_no_room_keeps_the_text_and_saves_it_later",
            "tests/it/full_disk.rs a_limit_on_the_size_of_files_is_an_error_and_loses_nothing",
        ],
    ),
    (4, "read-only folder or file", &["tests/it/vault_faults.rs an_account_that_may_only_read_is_told_so_and_reads"]),
    (
        5,
        "flipped bit",
        &[
            "tests/it/vault_faults.rs sixty_flipped_bits_are_noticed_and_none_is_taken_for_a_new_start",
            "tests/it/vault_faults.rs a_damaged_log_gives_back_whole_saves_or_an_error",
            "src/store/tests/damaged_files.rs a_flipped_bit_is_noticed_wherever_it_is_read",
        ],
    ),
    (
        6,
        "cut off",
        &[
            "tests/it/vault_faults.rs a_database_cut_off_anywhere_is_damage",
            "src/store/tests/damaged_files.rs a_database_that_was_cut_off_is_never_taken_for_a_new_one",
        ],
    ),
    (
        7,
        "two programs at once",
        &[
            "tests/it/pty.rs of_two_windows_over_one_folder_one_writes_and_the_other_loses_nothing",
            "tests/it/vault_faults.rs two_programs_at_once_lose_nothing_and_the_second_is_told",
        ],
    ),
    (
        8,
        "terminal closed, signals",
        &["tests/it/manners.rs a_signal_or_a_closed_window_while_an_editor_has_the_terminal_keeps_what_it_saved"],
    ),
    (
        9,
        "panic in the screen or behind it",
        &[
            "src/run/tests.rs a_fault_in_drawing_is_said_with_its_place_and_takes_no_word",
            "src/run/tests.rs a_fault_behind_the_screen_is_said_at_once_and_for_good_and_the_words_can_be_copied",
            "src/run/guard.rs a_panic_is_an_error_with_its_place_and_without_its_words",
        ],
    ),
    (
        10,
        "clock jumps",
        &[
            "src/core/os/clock.rs an_id_follows_the_newest_one_although_the_clock_was_set_back",
            "tests/it/vault_faults.rs a_clock_that_goes_back_two_years_changes_no_order_and_loses_nothing",
        ],
    ),
    (
        11,
        "a pasted book with escapes",
        &["tests/it/manners.rs a_pasted_book_is_taken_as_far_as_it_fits_and_does_nothing_else"],
    ),
    (12, "malformed files", &["tests/it/caps.rs answers_have_a_cap_and_a_depth"]),
    (13, "hostile rules", &["tests/it/hostile.rs"]),
    (
        14,
        "hidden characters and escapes",
        &[
            "src/core/domain/clean.rs what_paints_turns_or_hides_is_taken_away",
            "src/core/domain/clean.rs whatever_is_given_cleaning_twice_is_cleaning_once_and_nothing_hidden_is_left",
            "tests/it/foreign_text.rs what_is_typed_on_the_command_line_comes_back_clean",
            "tests/it/foreign_text.rs files_of_every_kind_are_cleaned_and_so_are_their_names",
            "tests/it/foreign_text.rs what_is_pasted_searched_and_comes_from_an_editor_is_drawn_clean",
        ],
    ),
    (15, "formulas in a spreadsheet", &["src/report/cell.rs every_cell_gives_its_text_back_and_begins_no_formula"]),
    (16, "paths made from names", &["src/core/os/file_name.rs whatever_the_words_the_file_lies_in_its_folder"]),
    (
        17,
        "a link in the place of the records",
        &["src/store/tests/data_folder.rs links_are_refused_in_the_folder_and_followed_to_it"],
    ),
    (
        18,
        "files that others may read",
        &["src/store/tests/data_folder.rs reading_makes_nothing_and_saving_makes_everything_private"],
    ),
    (
        19,
        "files that are too large",
        &["tests/it/caps.rs packs_have_caps_and_a_depth", "tests/it/caps.rs settings_have_a_cap_and_a_depth"],
    ),
    (20, "files that are too deep", &["tests/it/caps.rs answers_have_a_cap_and_a_depth"]),
    (
        23,
        "erased text still in the file",
        &[
            "src/store/erase.rs no_byte_of_an_erased_client_is_left_and_nobody_else_loses_one",
            "src/store/erase.rs a_log_that_somebody_reads_is_said_to_stay_and_emptied_later",
            "tests/it/rights_erase.rs backups_are_named_and_erased_when_that_is_asked_for",
        ],
    ),
    (
        24,
        "a newer vault",
        &["src/store/tests/damaged_files.rs records_of_a_newer_version_are_looked_at_and_left_alone"],
    ),
    (25, "an older vault", &["tests/it/old_vaults.rs every_version_is_brought_up_after_a_backup_and_keeps_every_word"]),
    (
        26,
        "locking, forgetting, getting back",
        &[
            "src/store/tests/passphrases.rs setting_a_passphrase_can_be_broken_off_anywhere",
            "src/store/tests/passphrases.rs a_restore_that_was_broken_off_is_finished_by_the_next_start",
            "tests/it/locking.rs after_locking_no_word_is_left_in_memory_and_the_passphrase_brings_all_back",
            "tests/it/locking.rs damage_behind_the_lock_is_said_and_a_backup_is_put_in_place",
            "tests/it/vault.rs last_nights_backup_comes_back_and_nothing_is_deleted",
        ],
    ),
    (
        27,
        "copies that nobody knows of",
        &[
            "src/store/tests/key_changes.rs what_unfinished_work_left_behind_is_wiped_by_the_next_start",
            "src/store/tests/key_changes.rs a_backup_that_is_stopped_leaves_nothing",
            "tests/it/broken_off.rs a_window_that_is_closed_at_once_leaves_no_half_copy",
            "tests/it/broken_off.rs whatever_is_killed_one_secret_opens_records_and_copies",
        ],
    ),
    (
        28,
        "keys changed halfway, a secret that nobody saw",
        &[
            "src/store/tests/key_changes.rs a_change_of_keys_that_was_broken_off_anywhere_ends_with_one_way_in",
            "src/store/tests/key_changes.rs a_copy_that_cannot_be_written_and_a_secret_that_cannot_be_shown_leave_all_as_it_was",
            "tests/it/broken_off.rs a_paper_key_that_cannot_be_printed_locks_nothing",
        ],
    ),
    (
        29,
        "small files wiped, emptied, cut or lost",
        &[
            "src/core/os/wipe.rs a_file_goes_and_what_was_broken_off_goes_with_the_next",
            "src/store/tests/key_changes.rs what_is_blank_was_wiped_and_every_damage_of_a_small_file_has_a_way_out",
            "src/store/tests/key_changes.rs without_its_proof_every_copy_is_still_known",
            "tests/it/vault_faults.rs a_key_that_is_lost_is_found_again_in_a_copy_and_nothing_is_lost",
            "tests/it/vault_faults.rs a_way_to_the_key_that_is_lost_comes_back_from_a_copy_or_its_hint_works",
        ],
    ),
    (
        30,
        "other records put in place under an open window",
        &[
            "src/store/tests/key_changes.rs a_window_whose_records_were_set_aside_writes_nothing_and_keeps_drafts_where_they_belong",
            "src/store/tests/key_changes.rs a_window_does_not_touch_the_key_of_other_records_that_were_put_in_place",
        ],
    ),
    (
        31,
        "SQL of somebody else in a database",
        &[
            "src/store/schema.rs whatever_is_there_besides_is_refused",
            "src/store/tests/key_changes.rs a_database_with_anything_of_somebody_else_is_not_opened",
        ],
    ),
    (
        32,
        "a restore that opens, cannot be undone, or trusts a wrong clock",
        &[
            "src/store/tests/key_changes.rs an_open_copy_over_locked_records_is_locked_like_them",
            "src/store/tests/key_changes.rs a_restore_can_be_undone",
            "src/store/tests/key_changes.rs a_clock_that_was_ahead_changes_no_order",
        ],
    ),
    (
        33,
        "a shared file for, from or about another person",
        &[
            "tests/it/rights_share.rs a_key_belongs_to_one_person_and_opens_nobody_elses_records",
            "tests/it/rights_share.rs a_key_is_not_named_after_another_client_and_their_words_are_not_shown_first",
            "tests/it/rights_share.rs what_is_sent_is_listed_and_what_comes_is_shown_and_taken_back_as_one",
            "tests/it/rights_share.rs nobody_is_made_to_say_what_they_did_not_say_and_no_file_is_larger_than_a_life",
            "src/cli/tick.rs what_was_written_alone_goes_only_if_it_is_ticked",
            "src/seal/file.rs a_file_for_thousands_is_refused_before_any_is_tried",
        ],
    ),
    (
        34,
        "a pack that stops the start, or the adding of one that was ended",
        &[
            "src/core/pack/starting.rs a_start_that_did_not_end_is_stepped_over_until_the_list_changes",
            "src/core/pack/registry.rs a_list_that_is_missing_is_begun_anew_by_whoever_adds_a_pack",
            "src/core/rules/cond.rs conditions_without_leaves_are_counted_too",
        ],
    ),
    (
        35,
        "words that are left after they were withdrawn",
        &[
            "src/store/withdraw.rs no_byte_of_what_is_taken_back_is_left_and_nothing_else_goes",
            "tests/it/taken_back.rs a_draft_that_holds_what_is_withdrawn_loses_it_in_records_and_in_copies_made_before_it_was_saved",
            "tests/it/taken_back.rs a_withdrawal_leaves_the_records_of_others_and_what_is_said_elsewhere_as_they_are",
            "tests/it/rights_share.rs a_file_is_taken_back_with_everything_it_was_corrected_to",
        ],
    ),
    (
        36,
        "private words that stay on the screen after they were hidden",
        &[
            "tests/it/one_to_one.rs a_private_note_that_is_being_written_or_corrected_leaves_the_screen_with_the_private_lines",
            "tests/it/one_to_one.rs what_was_copied_from_a_private_note_is_not_pasted_once_it_is_hidden",
            "tests/it/one_to_one.rs an_example_for_a_view_waits_with_the_view_and_nowhere_else",
        ],
    ),
];

#[test]
fn every_fault_names_tests_that_are_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = Vec::new();
    for (number, fault, tests) in FAULTS {
        if tests.is_empty() {
            wrong.push(format!("{number}, {fault}: no test"));
        }
        for test in *tests {
            let (file, function) = test.split_once(' ').unwrap_or((test, ""));
            let text = fs::read_to_string(root.join(file)).unwrap_or_default();
            if text.is_empty() || !(function.is_empty() || text.contains(&format!("fn {function}("))) {
                wrong.push(format!("{number}, {fault}: there is no {test}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let numbers: Vec<u32> = FAULTS.iter().map(|(number, ..)| *number).collect();
    let expected: Vec<u32> = (1..=20).chain(23..=36).collect();
    assert_eq!(numbers, expected);
}
