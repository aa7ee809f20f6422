import * as z from 'zod'
import {
  attemptTimeVariables,
  catalogTable,
  deployment,
  earlyQueue,
  leadsTable,
  publicUrl,
  rootSecret,
} from './environment-variables.ts'
import type { WorkerDefinition } from './worker-definition.ts'

/** Of the table of workers (`workers.ts`): what comes from the vendors of lead forms. */
export const inboundWorker = {
  description: 'Reads the leads of lead forms of Meta that were announced, and takes them',
  trigger: { everySeconds: 60 },
  localEverySeconds: 5,
  timeoutSeconds: 300,
  lastStepSeconds: 60,
  environment: z.object({
    ...{ ...deployment, ...catalogTable, ...leadsTable, ...rootSecret },
    ...{ ...earlyQueue, ...attemptTimeVariables, ...publicUrl },
  }),
  whenItFails: 'Leads of lead forms of Meta are not taken. They wait. Read the log of inbound.',
  whenItStops: 'Leads of lead forms of Meta are not taken. They wait. Check its rule, then its log.',
} as const satisfies WorkerDefinition
