/** Why a value that somebody typed is not taken: the codes in a problem's `errors`. */
export const fieldWords = {
  taken: "Is taken",
  unknown: "Does not exist",
  required: "Please fill this in",
  invalid: "Is not valid",
  invalid_format: "Is not in the right form",
  invalid_type: "Is of the wrong kind",
  invalid_value: "Is not one of the choices",
  too_small: "Is too small or too short",
  too_big: "Is too large or too long",
  repeated: "Is repeated",
  duplicate: "Is repeated",
  "too-many": "Too many",
  "too-far": "Is too far away",
  "out-of-order": "Is in the wrong order",
  "before-from": "Is before the first day",
  "below-issued": "Is below what was issued",
  "store-phone": "Is a store's phone",
  "made-up": "Does not look like a real number",
  "no-such-day": "There is no such day",
  "over-card-limit": "Is above the limit of a named card",
  weak: "Is too easy to guess",
  wrong: "Is wrong",
  step: "Is not a multiple of the step",
  "read-only": "your role may not write this field",
  "not-mapped": "no column goes there",
};

/** Why an import leaves a row alone, where that is said another way than of a form. */
export const rowWords = {
  shared: "shared by many or blocked: it belongs to nobody", placeholder: "typed by many who have no number", nobody: "neither a name nor a phone, card or number", "in-the-future": "lies in the future", "too-long": "too long", custom: "does not fit", rule: "breaks a rule of the field", "unknown-field": "no such field", "unknown-file": "no such file", duplicate: "taken by another record", circular: "the references go in a circle", store: "the store is outside your stores",
  "too-large": "too many columns", unreadable: "cannot be read from this line on: an open quote, or a damaged file", "taken-since": "the former number is somebody else's since", repeated: "the same as a line above", "likely-same": "same name and birthday as a member", taken: "belongs to another member", "not-a-date": "no date", "incomplete-date": "has no month and day: leave it empty where they are not known", "ambiguous-date": "could be read in two ways: choose how dates are written", "not-a-number": "no number", "not-an-amount": "no amount", "not-a-yes-or-no": "neither yes nor no",
  "unknown-option": "not among the options", unknown: "not found", ambiguous: "fits more than one: write a number that only one has", "unknown-record": "no such record", required: "must not be empty", "too-many": "too many items", "too-many-cells": "more cells than the header: are quotes missing?", "cell-too-long": "the cell is too long", "unreadable-text": "holds characters that cannot be read: check the encoding", "not-known": "nobody recognised, left out as set",
  "unknown-member": "no such member number", "not-active": "the member has left or is leaving", "out-of-reach": "outside your stores", "changed-since-check": "changed since the check", "changed-since": "changed since the import", used: "has orders or points since the import", gone: "is gone", "referred-to": "other records refer to it",
};
