async function () {}
