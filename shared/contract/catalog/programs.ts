import * as z from 'zod'
import { program, programDetails } from '../../domain/catalog/program.ts'
import { programContent } from '../../domain/catalog/program-content.ts'
import { question } from '../../domain/catalog/question.ts'
import { schoolContent, schoolDetails } from '../../domain/catalog/school-details.ts'
import { modality, programLevel, recordId, slug } from '../../domain/vocabulary.ts'
import { cacheSeconds, conditional, notModified } from '../caching.ts'
import { defineRoute } from '../route.ts'
import { noQuery } from './catalog.ts'

const programParams = z.object({ programId: recordId })

export const offeredProgram = z
  .object({
    programId: recordId,
    schoolId: recordId,
    schoolName: z.string(),
    name: z.string(),
    level: programLevel,
    modality,
    ...programDetails.shape,
    ...programContent.shape,
    schoolPlace: schoolDetails.shape.place,
    school: schoolContent.extend({ logoUrl: schoolDetails.shape.logoUrl }).optional(),
    careerSlugs: z.array(slug),
    states: program.shape.states,
    sponsored: z.boolean(),
  })
  .meta({ id: 'OfferedProgram' })

export const readProgram = defineRoute({
  name: 'readProgram',
  method: 'GET',
  path: '/v1/programs/{programId}',
  caller: 'anyone',
  summary: 'Read a program and the school that offers it',
  params: programParams,
  query: noQuery,
  headers: conditional,
  cacheSeconds,
  responses: { 200: { description: 'The program.', body: offeredProgram }, 304: notModified },
  problems: ['NOT_FOUND'],
  example: { params: { programId: 'lone-prairie-hit-associate' } },
})

export const programForm = z
  .object({ programId: recordId, schoolId: recordId, questions: z.array(question) })
  .meta({ id: 'ProgramForm' })

export const readForm = defineRoute({
  name: 'readForm',
  method: 'GET',
  path: '/v1/programs/{programId}/form',
  caller: 'anyone',
  summary: 'Read the questions of a program, with the rules for the answers',
  params: programParams,
  query: noQuery,
  headers: conditional,
  cacheSeconds,
  responses: {
    200: {
      description: 'The form.',
      body: programForm,
    },
    304: notModified,
  },
  problems: ['NOT_FOUND'],
  example: { params: { programId: 'lone-prairie-hit-associate' } },
})
