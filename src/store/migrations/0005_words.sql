-- An answer keeps the words it was given in: the title of the behaviour, and the labels of the points of its rating and its
-- importance. `worded` says where they come from: 'given' with the answer, 'pack' for an answer of an earlier format whose
-- edition was found in the packs later, nothing where they are not known.

ALTER TABLE answer ADD COLUMN title TEXT NOT NULL DEFAULT '';
ALTER TABLE answer ADD COLUMN label TEXT NOT NULL DEFAULT '';
ALTER TABLE answer ADD COLUMN importance_label TEXT NOT NULL DEFAULT '';
ALTER TABLE answer ADD COLUMN worded TEXT NOT NULL DEFAULT '';

CREATE INDEX answer_without_words ON answer (framework, edition) WHERE worded = '';
