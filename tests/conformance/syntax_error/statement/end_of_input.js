const a =
