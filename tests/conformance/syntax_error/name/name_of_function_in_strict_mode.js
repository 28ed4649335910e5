function eval() {
  'use strict';
}
