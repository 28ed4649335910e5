import('a'); import('a', { with: { type: 'json' } }); import(a, b,).then(c); import(import(a)); new (import(a)); import('a',);
