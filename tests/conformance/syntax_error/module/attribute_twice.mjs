import a from 'a' with { type: 'json', 'type': 'json' };
