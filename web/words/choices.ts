import type * as z from 'zod'
import type { educationLevel, modality, programLevel, startWindow } from '../../shared/domain/vocabulary.ts'

/** Labels for the enum values of the API. A value that the API gains is a type error here. */
export const educationLabels: { [level in z.output<typeof educationLevel>]: string } = {
  none: 'No high school diploma yet',
  ged: 'GED',
  'high-school-diploma': 'High school diploma',
  'some-college': 'Some college, no degree',
  associate: 'Associate degree',
  bachelor: "Bachelor's degree",
  master: "Master's degree",
  doctorate: 'Doctorate',
}

export const startWindowLabels: { [window in z.output<typeof startWindow>]: string } = {
  immediately: 'As soon as possible',
  '1-3-months': 'In 1 to 3 months',
  '4-6-months': 'In 4 to 6 months',
  '7-12-months': 'In 7 to 12 months',
  'over-a-year': 'More than a year from now',
  'not-sure': 'Not sure yet',
}

export const modalityLabels: { [value in z.output<typeof modality>]: string } = {
  online: 'Online',
  campus: 'On campus',
  hybrid: 'Hybrid',
}

export const levelLabels: { [level in z.output<typeof programLevel>]: string } = {
  certificate: 'Certificate',
  diploma: 'Diploma',
  associate: 'Associate degree',
  bachelor: "Bachelor's degree",
  master: "Master's degree",
  doctorate: 'Doctorate',
}
