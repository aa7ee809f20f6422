import * as z from 'zod'
import { statementMonth } from '../../domain/reporting/ledger/ledger-entry.ts'
import { statement, statementFault } from '../../domain/reporting/ledger/statement.ts'
import { defineRoute } from '../route.ts'
import { accountParams, accountQuery, accountSummary, statementsDescription } from './ledger.ts'

const month = { month: statementMonth }
const ofAccount = { params: accountParams, query: z.strictObject(accountQuery) }
const ofMonth = { params: accountParams.extend(month), query: z.strictObject(accountQuery) }
const ofOwnMonth = { params: z.object(month) }
const accountExample = { accountKind: 'schools', accountId: 'lone-prairie-college' }
const monthExample = { params: { month: '2026-11' } }
const staffMonthExample = { params: { ...accountExample, month: '2026-11' } }

const statementResponse = { 200: { description: 'The month.', body: statement } }
const csvResponse = {
  200: { description: 'The whole month.', contentType: 'text/csv; charset=utf-8' },
}
const csvDescription =
  'Amounts in cents. The first row is the opening balance, the last the closing balance. Values that a spreadsheet would ' +
  'run as a formula are quoted.'
const pageResponse = {
  200: { description: 'A page without external resources.', contentType: 'text/html; charset=utf-8' },
}

export const readStatement = defineRoute({
  name: 'readStatement',
  method: 'GET',
  path: '/v1/ops/accounts/{accountKind}/{accountId}/statements/{month}',
  caller: 'operator',
  summary: 'Read a monthly statement of a school or source',
  ...ofMonth,
  responses: statementResponse,
  problems: ['NOT_FOUND'],
  example: staffMonthExample,
})

export const exportStatement = defineRoute({
  name: 'exportStatement',
  method: 'GET',
  path: '/v1/ops/accounts/{accountKind}/{accountId}/statements/{month}/csv',
  caller: 'operator',
  summary: 'Export a monthly statement of a school or source as CSV',
  description: csvDescription,
  ...ofMonth,
  responses: csvResponse,
  problems: ['NOT_FOUND'],
  example: staffMonthExample,
})

export const showStatement = defineRoute({
  name: 'showStatement',
  method: 'GET',
  path: '/v1/ops/accounts/{accountKind}/{accountId}/statements/{month}/page',
  caller: 'operator',
  summary: 'Read a monthly statement of a school or source as a page to print',
  ...ofMonth,
  responses: pageResponse,
  problems: ['NOT_FOUND'],
  example: staffMonthExample,
})

export const verifyStatements = defineRoute({
  name: 'verifyStatements',
  method: 'GET',
  path: '/v1/ops/accounts/{accountKind}/{accountId}/statement-verification',
  caller: 'operator',
  summary: 'Recompute the closed statements of a school or source from its ledger entries',
  description: 'Compares each statement byte for byte with what its entries give, and follows the chain of hashes.',
  ...ofAccount,
  responses: {
    200: {
      description: 'What was found.',
      body: z
        .object({
          statements: z.int().meta({ description: 'How many closed statements were verified.' }),
          entries: z.int(),
          lastHash: z.string().optional(),
          faults: z.array(statementFault),
        })
        .meta({ id: 'StatementVerification' }),
    },
  },
  problems: ['NOT_FOUND'],
  example: { params: accountExample },
})

export const readSchoolAccount = defineRoute({
  name: 'readSchoolAccount',
  method: 'GET',
  path: '/v1/school/account',
  caller: 'school',
  summary: 'Read your balance, and which monthly statements you have',
  description: statementsDescription,
  responses: { 200: { description: 'Your account now.', body: accountSummary } },
})

export const readSchoolStatement = defineRoute({
  name: 'readSchoolStatement',
  method: 'GET',
  path: '/v1/school/statements/{month}',
  caller: 'school',
  summary: 'Read one of your monthly statements',
  ...ofOwnMonth,
  responses: statementResponse,
  problems: ['NOT_FOUND'],
  example: monthExample,
})

export const exportSchoolStatement = defineRoute({
  name: 'exportSchoolStatement',
  method: 'GET',
  path: '/v1/school/statements/{month}/csv',
  caller: 'school',
  summary: 'Export one of your monthly statements as CSV',
  description: csvDescription,
  ...ofOwnMonth,
  responses: csvResponse,
  problems: ['NOT_FOUND'],
  example: monthExample,
})

export const showSchoolStatement = defineRoute({
  name: 'showSchoolStatement',
  method: 'GET',
  path: '/v1/school/statements/{month}/page',
  caller: 'school',
  summary: 'Read one of your monthly statements as a page to print',
  ...ofOwnMonth,
  responses: pageResponse,
  problems: ['NOT_FOUND'],
  example: monthExample,
})

export const readPublisherAccount = defineRoute({
  name: 'readPublisherAccount',
  method: 'GET',
  path: '/v1/publisher/account',
  caller: 'source',
  secretKey: true,
  summary: 'Read what your source is still to be paid, and which monthly statements it has',
  description: statementsDescription,
  responses: { 200: { description: 'Your account now.', body: accountSummary } },
})

export const readPublisherStatement = defineRoute({
  name: 'readPublisherStatement',
  method: 'GET',
  path: '/v1/publisher/statements/{month}',
  caller: 'source',
  secretKey: true,
  summary: 'Read a monthly statement of your source',
  ...ofOwnMonth,
  responses: statementResponse,
  problems: ['NOT_FOUND'],
  example: monthExample,
})

export const exportPublisherStatement = defineRoute({
  name: 'exportPublisherStatement',
  method: 'GET',
  path: '/v1/publisher/statements/{month}/csv',
  caller: 'source',
  secretKey: true,
  summary: 'Export a monthly statement of your source as CSV',
  description: csvDescription,
  ...ofOwnMonth,
  responses: csvResponse,
  problems: ['NOT_FOUND'],
  example: monthExample,
})

export const showPublisherStatement = defineRoute({
  name: 'showPublisherStatement',
  method: 'GET',
  path: '/v1/publisher/statements/{month}/page',
  caller: 'source',
  secretKey: true,
  summary: 'Read a monthly statement of your source as a page to print',
  ...ofOwnMonth,
  responses: pageResponse,
  problems: ['NOT_FOUND'],
  example: monthExample,
})
