import { if } from 'a';
