import { rowWords } from "@shuke/api/words/en";

/** Lists that leave as files, and files that come in. */
export const transfer = {
  export: {
    do: "Export", title: "Export the list", lead: "All rows of the current filters. Up to ten thousand rows are downloaded at once; more are prepared in the background.", format: "Format", columns: "Columns", columnsHint: "In the order of the file; the next export of this list begins with them.", everyColumn: "All ({{count}} of {{all}} chosen)",
    whole: "With whole phone numbers and e-mails", wholeHint: "Masked otherwise. Exporting them in full is kept in the audit log with the reason.", reasonHint: "For example: text messages for the campaign", marked: "Every row carries the export's number, which tells who exported it and when.",
    begun: "That is a long list: it is being prepared. You will be told, and can download it under Exports.", taken: "Exported {{name}}",
    pageLead: "Who exported what, and when. Prepared files are kept for 3 days, for whoever asked for them.", none: "Nothing has been exported", noneText: "Press Export on a list of members, orders or records.",
    file: "File", state: "State", rows: "Rows", size: "Size", by: "Exported by", at: "When", download: "Download", until: "Kept until {{at}}", isWhole: "In full",
    states: { running: "Being prepared", done: "Done", failed: "Failed", cancelled: "Cancelled" },
    failures: { "too-many-rows": "More than a million rows: narrow the filters", "access-lost": "Whoever asked may no longer see this" },
    filters: { q: "Search", storeId: "Store", tierId: "Tier", tag: "Tag", filter: "Conditions", sort: "Order", status: "Status", from: "From", to: "To", until: "To", memberId: "Member", object: "Object", view: "View", code: "Code", pushId: "Pool of codes", actor: "Who", action: "Action", subject: "Subject", month: "Month" },
  },
  import: {
    do: "Import", new: "New import", lead: "Bring a file into members, products or records: check it, see what becomes of every row, then write; for 30 days it can be taken back.", none: "Nothing has been imported", noneText: "CSV and Excel (XLSX); Chinese GBK encoding is recognised.",
    file: "File", target: "Into", state: "State", rows: "Rows", written: "Written", writtenOf: "{{created}} new, {{updated}} updated", by: "By", at: "When", all: "All imports", into: "Into {{target}} · {{by}}",
    startLead: "Choose where it goes, then the file. Nothing is written before it is checked.", noTarget: "There is nothing to import into", noTargetText: "Importing needs the right to write the same by hand.",
    drop: "Drop a file here", dropHint: "CSV or XLSX with a header in the first line; 10 GB at most.", choose: "Choose a file",
    steps: "Steps of the import", step: { upload: "Upload", map: "Columns", check: "Check", preview: "Preview", apply: "Write" },
    states: { uploading: "Uploading", uploaded: "Columns to be set", mapped: "To be checked", checking: "Being checked", checked: "To be confirmed", waiting: "Waiting for approval", applying: "Being written", applied: "Written", undoing: "Being taken back", undone: "Taken back", failed: "Failed", cancelled: "Cancelled" },
    uploading: "Uploading", sent: "{{sent}} of {{total}}", pause: "Pause", resumeDo: "Go on", resume: "Go on uploading", resumeText: "{{name}} ({{size}}) has not come completely. Choose the same file again to go on where it broke off.", otherFile: "This is another file: its size differs.",
    reading: "How the file is read", encoding: "Encoding", delimiter: "Separator", sheet: "Sheet", encodings: { "utf-8": "UTF-8", gb18030: "GBK / GB18030", "utf-16le": "UTF-16 LE", "utf-16be": "UTF-16 BE" }, delimiters: { comma: "Comma", semicolon: "Semicolon", tab: "Tab", bar: "Bar" },
    unreadable: {
      empty: "The file is empty", "not-a-workbook": "This is no Excel workbook (XLSX)", "old-workbook": "This is an old Excel file (XLS): save it as XLSX", swells: "The archive swells beyond reason and was refused", "unknown-encoding": "The encoding is not recognised: choose one and try again", "no-sheet": "There is no such sheet", "too-many-texts": "The workbook holds too many texts: save it as CSV", "too-many-columns": "Too many columns: 512 at most", "not-a-text": "This is no text file", "too-many-entries": "The archive holds too many files", forgotten: "The file is no longer kept: upload it again", other: "This file cannot be read",
    },
    columns: "Columns of the file", column: "Column of the file", samples: "Samples", field: "Field", fieldOf: "Field for {{column}}", notTaken: "Not imported", noHeader: "Column {{no}}", repeatedHeader: "Name used twice", because: { header: "By its name", content: "By its content", saved: "As saved" },
    options: "How to write", identifyBy: "Recognise the known by", identifyHint: "In this order; the first that finds somebody decides. Found is an update, not found is new.", identifyNone: "No column recognises anybody: every row is new.",
    onMatch: "The known", onMatchs: { update: "Update from the file", fill: "Fill what is empty", skip: "Leave alone" }, onNew: "The unknown", onNews: { create: "Create", skip: "Leave out" }, onLikely: "Same name and birthday, likely the same person", onLikelys: { skip: "Leave out as duplicates", create: "Create all the same" },
    dateOrder: "How dates are written", dateHint: "Some dates can be read in two ways, like 03/04/2024: choose one.", dateOrders: { "day-first": "Day first (03/04 is 3 April)", "month-first": "Month first (03/04 is 4 March)" },
    store: "Rows without a store belong to", storeHint: "None where nothing is chosen.", saveAs: "Save this mapping", saveAsHint: "With a name it is taken by itself for the next file with the same headers; left empty it is not saved.", saveAsName: "For example: members of the old system", saved: "Saved mappings ({{count}})", dropSaved: "Delete {{name}}",
    check: "Check", checkHint: "Checks only; nothing is written.", doneOf: "{{done}} / {{total}}", leave: "You may leave this page, it goes on.",
    verdictsLabel: "What the check found", outcomesLabel: "What was written", undosLabel: "What was taken back",
    verdicts: { new: "New", changed: "Updates", duplicate: "Duplicates", unchanged: "Unchanged", error: "Errors", skipped: "Left out" },
    outcomes: { created: "New", updated: "Updated", conflict: "Conflicts", refused: "Refused" }, undos: { removed: "Removed", restored: "Restored", partly: "Partly restored", kept: "Kept" },
    will: "{{created}} will be new, {{updated}} updated; {{left}} not written.", apply: "Write", applyTitle: "Write now?", applyText: "It can be taken back for 30 days.", waiting: "Handed in. It is written as soon as it is approved.", mapAgain: "Change the mapping",
    line: "Line", title: "Name", values: "Content", changes: "Changes (before → after)", reason: "Reason", byReason: "By reason", errorFile: "Download these rows", noRows: "No such rows", empty: "empty",
    ended: { applied: "Written", undone: "Taken back", failed: "Not finished", cancelled: "Cancelled" }, result: "What was written", undone: "What was taken back", keptUntil: "Until {{at}} every row can be looked at, and the import taken back.", applyOn: "Go on writing",
    undo: "Take back", undoTitle: "Take this import back?", foreseeing: "Looking at what can be taken back…", foreseen: { removed: "Will be removed", restored: "Will be as before", partly: "In part as before", kept: "Will stay" }, foreseenStays: "What stays is told row by row:", foreseenPart: "A big file: the last {{rows}} rows of {{total}} were looked at.",
    cancel: "Cancel the import", cancelTitle: "Cancel this import?", cancelText: "Nothing has been written.", cancelApplying: "What was written stays, and can be taken back.", goOn: "Keep importing",
    stopped: { "access-lost": "Whoever asked may no longer do this", unreadable: "The file could not be read any further", "field-kept": "A column goes to a field that whoever asked may no longer write" },
    reasons: rowWords,
  },
};
