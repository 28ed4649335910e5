export * as '\uD800' from 'a';
