// Opens each page in a folder in Chromium and ends with 1 if one of them asks for anything, runs anything, is cut on
// paper or on a telephone, has headings out of order, drawings without a name, or a finding of axe-core that matters.
// node check-report.js BROWSER FOLDER
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const { execFileSync } = require("node:child_process");
const { pathToFileURL } = require("node:url");
const { chromium } = require("playwright-core");

const [browserPath, folder] = process.argv.slice(2);
const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
// A4 with the margins of the style, in CSS pixels: 210 mm less twice 18 mm.
const PAPER = { width: Math.floor((174 / 25.4) * 96), height: 1123 };
const SCREENS = [{ width: 1280, height: 900 }, { width: 360, height: 740 }];
const faults = [];

/** Everything about the page that can be seen from inside it. */
function inspect() {
    const headings = [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")].map((h) => [Number(h.tagName[1]), h.textContent]);
    const named = (svg) => (svg.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "");
    const foreign = "img, script, iframe, object, embed, video, audio, form, link, base, image, use, foreignObject";
    return {
        headings,
        foreign: [...document.querySelectorAll(foreign)].map((e) => e.outerHTML.slice(0, 80)),
        handlers: [...document.querySelectorAll("*")].flatMap((e) => e.getAttributeNames().filter((n) => /^on|^(src|href|action)$/.test(n))),
        drawings: [...document.querySelectorAll("svg")].map((svg) => ({ role: svg.getAttribute("role"), names: named(svg) })),
        ids: [...document.querySelectorAll("[id]")].map((e) => e.id),
        text: document.body.innerText,
        title: document.title,
        lang: document.documentElement.lang,
    };
}

/** Elements whose content does not fit, or that lie beyond the edge. */
function cut() {
    const wide = document.documentElement.clientWidth;
    return [...document.body.querySelectorAll("*")]
        .filter((e) => !e.closest("svg") || e.tagName === "svg")
        .filter((e) => e.getBoundingClientRect().right > wide + 1 || (e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1))
        .map((e) => `${e.tagName.toLowerCase()} "${e.textContent.trim().slice(0, 40)}"`);
}

async function check(context, file) {
    const name = path.basename(file);
    const fault = (words) => faults.push(`${name}: ${words}`);
    const page = await context.newPage();
    const url = pathToFileURL(file).href;
    page.on("request", (request) => request.url() !== url && fault(`asks for ${request.url()}`));
    page.on("console", (message) => fault(`the browser says: ${message.text()}`));
    page.on("pageerror", (error) => fault(`the browser says: ${error.message}`));
    await page.goto(url);
    const seen = await page.evaluate(inspect);
    seen.foreign.forEach((tag) => fault(`holds ${tag}`));
    seen.handlers.forEach((attribute) => fault(`holds an attribute ${attribute}`));
    if (seen.lang !== "en-GB" || !seen.title) fault("has no language or no title");
    if (seen.headings.filter(([level]) => level === 1).length !== 1 || seen.headings[0]?.[0] !== 1) fault("does not begin with its one h1");
    seen.headings.forEach(([level, text], at) => {
        if (at > 0 && level > seen.headings[at - 1][0] + 1) fault(`heading "${text}" leaves out a level`);
    });
    seen.drawings.forEach(({ role, names }) => {
        if (role !== "img" || names.length !== 2 || names.some((words) => !words.trim())) fault("a drawing has no name or no description");
    });
    if (new Set(seen.ids).size !== seen.ids.length) fault("an id stands twice");
    for (const size of SCREENS) {
        await page.setViewportSize(size);
        for (const what of await page.evaluate(cut)) fault(`${what} is cut at ${size.width} pixels`);
    }
    await page.setViewportSize(SCREENS[0]);
    await page.screenshot({ path: file.replace(".html", ".png"), fullPage: true });
    await page.emulateMedia({ media: "print" });
    await page.setViewportSize(PAPER);
    for (const what of await page.evaluate(cut)) fault(`${what} is cut on paper`);
    const pdf = file.replace(".html", ".pdf");
    await page.pdf({ path: pdf, preferCSSPageSize: true });
    words(pdf, await page.evaluate(() => document.body.innerText), fault);
    await page.emulateMedia({ media: "screen" });
    await page.setViewportSize(SCREENS[0]);
    // The page's own policy forbids scripts, so axe is put into a world of its own, beside the page.
    const session = await context.newCDPSession(page);
    const { frameTree } = await session.send("Page.getFrameTree");
    const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
    const run = async (expression) => {
        const done = await session.send("Runtime.evaluate", { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
        if (done.exceptionDetails) throw new Error(done.exceptionDetails.exception?.description ?? done.exceptionDetails.text);
        return done.result.value;
    };
    await run(`${axe}; undefined`);
    const { violations, passes } = await run("axe.run(document, { resultTypes: ['violations'] }).then(({ violations, passes }) => ({ violations, passes: passes.length }))");
    for (const { id, impact, nodes } of violations) {
        const words = `axe-core: ${id} (${impact}), ${nodes.length}: ${nodes[0].html.slice(0, 100)}`;
        if (impact === "serious" || impact === "critical") fault(words);
        else console.log(`  ${name}: ${words}`);
    }
    if (passes < 10) fault("axe-core did not look at the page");
    await page.close();
    return `${name}: ${seen.headings.length} headings, ${seen.drawings.length} drawings, ${passes} rules of axe-core passed`;
}

/** Every word of the page is on the paper, and the paper is A4. */
function words(pdf, text, fault) {
    let paper;
    try {
        paper = execFileSync("pdftotext", ["-raw", pdf, "-"], { encoding: "utf8" });
        const about = execFileSync("pdfinfo", [pdf], { encoding: "utf8" });
        if (!/Page size:.*A4/.test(about)) fault(`the paper is not A4: ${/Page size:.*/.exec(about)}`);
    } catch {
        return;
    }
    const bare = (words) => words.normalize("NFKC").replace(/[\s\u00ad-]+/g, "");
    const printed = bare(paper);
    const lost = text.split(/\s+/).filter((word) => bare(word) && !printed.includes(bare(word)));
    if (lost.length > 0) fault(`words that are not on paper: ${lost.slice(0, 8).join(", ")}`);
}

(async () => {
    const browser = await chromium.launch({ executablePath: browserPath, args: ["--no-sandbox"] });
    const context = await browser.newContext({ offline: true, locale: "en-GB" });
    const files = fs.readdirSync(folder).filter((name) => name.endsWith(".html")).sort();
    for (const name of files) console.log(await check(context, path.join(folder, name)));
    await browser.close();
    faults.forEach((words) => console.error(`fault: ${words}`));
    if (faults.length > 0 || files.length < 6) process.exit(1);
})();
