import * as z from 'zod'
import { program, programDetails } from '../../domain/catalog/program.ts'
import { schoolDetails } from '../../domain/catalog/school-details.ts'
import { modality, programLevel } from '../../domain/vocabulary.ts'

/** A program as it is composed into the listing of a career. */
export const listedProgram = z.object({
  ...program.pick({ name: true, states: true, sponsored: true, rank: true, schoolId: true }).shape,
  level: programLevel,
  modality,
  ...programDetails.shape,
  programId: z.string(),
  schoolName: z.string(),
  schoolPlace: schoolDetails.shape.place,
  schoolLogoUrl: schoolDetails.shape.logoUrl,
  schoolStatus: z.enum(['active', 'paused']),
})
