'use strict';

// What interfaces keep and do under symbols: the old names of these with underscores are
// there as well, on `readline.Interface`.

const NAMES = [
  '_addHistory', '_addNewLineOnTTY', '_beforeEdit', '_decoder', '_deleteLeft', '_deleteLineLeft', '_deleteLineRight',
  '_deleteRight', '_deleteWordLeft', '_deleteWordRight', '_getDisplayPos', '_historyNext', '_historyPrev',
  '_insertString', '_line', '_line_buffer', '_moveCursor', '_moveDownOrHistoryNext', '_moveUpOrHistoryPrev',
  '_normalWrite', '_oldPrompt', '_onLine', '_previousKey', '_prompt', '_pushToKillRing', '_pushToUndoStack',
  '_questionCallback', '_questionReject', '_redo', '_refreshLine', '_sawReturnAt', '_setLine', '_setRawMode',
  '_tabComplete', '_tabCompleter', '_ttyWrite', '_undo', '_wordLeft', '_wordRight', '_writeToOutput', '_yank',
  '_yankPop', 'kQuestion', 'kQuestionCancel',
];

const symbols = { __proto__: null };
for (const name of NAMES) symbols[name] = Symbol(name);
symbols._sawKeyPress = require('internal/readline/keys').kSawKeyPress;

module.exports = symbols;
