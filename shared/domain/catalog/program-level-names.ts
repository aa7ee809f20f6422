import type { ProgramLevel } from '../vocabulary.ts'

/** What the levels of a program are called in emails to schools and in JSON-LD. */
export const programLevelNames: { [level in ProgramLevel]: string } = {
  certificate: 'Certificate',
  diploma: 'Diploma',
  associate: 'Associate degree',
  bachelor: "Bachelor's degree",
  master: "Master's degree",
  doctorate: 'Doctorate',
}
