import { 'a' } from 'b';
