import { a } from 'x';
a = 1;
