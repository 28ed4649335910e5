if (a) {
} elseif (b) {
}
