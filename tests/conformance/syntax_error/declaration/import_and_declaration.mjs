import { a } from 'a';
const a = 1;
