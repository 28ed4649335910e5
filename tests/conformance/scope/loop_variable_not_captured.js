for (let i = 0; i < 3; i++) {
  i;
}
for (const k in o) k;
for (const v of o) v;
