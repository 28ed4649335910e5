import a from 'a'
import 'b'
export { c } from 'c'
export * from 'd'
export default 1
export let e = 1
