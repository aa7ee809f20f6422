import { getOwn } from '../form/get-own.ts'

const keyMend = 'Set source-key to a valid publishable key (pk_...).'
const mends = {
  KEY_REQUIRED: keyMend,
  KEY_INVALID: keyMend,
  ORIGIN_NOT_ALLOWED: 'Ask your lead provider to add the origin of this page to the source.',
  NOT_FOUND: 'Set career to the slug of a career, and program to the ID of one of its programs.',
  NO_ANSWER: 'Set api to the origin of the API.',
}

/** What the publisher of a page reads in the browser's console about an element that cannot work: code, API and how to mend it. */
export function describeMistake(elementName: string, api: string, code: string): string {
  return `<${elementName}>: ${code} from ${api}. ${getOwn(mends, code) ?? 'Check its attributes.'}`
}
