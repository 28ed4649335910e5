const { readFile } from 'fs';
