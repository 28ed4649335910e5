export * from 'a';
export * as b from 'b';
export * as default from 'c';
export { d, e as f, default as g } from 'd';
export {} from 'h';
