import a, { a } from 'b';
