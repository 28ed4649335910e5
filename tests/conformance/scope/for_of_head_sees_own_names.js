for (let a of a) {
}
