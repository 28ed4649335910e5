import 'a';
import b from 'b';
import { c } from 'c';
import { d as e, f, g as default_, } from 'd';
import * as h from 'h';
import i, { j } from 'i';
import k, * as l from 'k';
import {} from 'm';
import { default as n } from 'n';
