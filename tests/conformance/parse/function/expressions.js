(function () {}); (function named() {}); (function* () {}); (async function () {}); (async function* named() {});
