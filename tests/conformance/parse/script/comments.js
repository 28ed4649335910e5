// line
/* block */ a /* inline */ + /* 1 */ b // end
/**/ /***/ /* * / */
