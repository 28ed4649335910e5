await a; const b = await c; for await (const d of e); await (async () => {})(); export const f = await g; [await h]; `${await i}`; class J extends (await k) { [await l]() {} }
