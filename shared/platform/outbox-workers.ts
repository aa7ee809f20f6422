import * as z from 'zod'
import {
  attemptTimeVariables,
  catalogTable,
  deployment,
  leadsTable,
  mail,
  publicUrl,
  rootSecret,
} from './environment-variables.ts'
import type { WorkerDefinition } from './worker-definition.ts'

/** The workers that do what a transaction wrote into an outbox. */
export const outboxWorkers = {
  'visitor-mail': {
    description: 'Sends visitors the emails that confirm their requests',
    trigger: { everySeconds: 60 },
    localEverySeconds: 5,
    timeoutSeconds: 300,
    memoryMegabytes: 256,
    lastStepSeconds: 60,
    environment: z.object({
      ...{ ...deployment, ...leadsTable, ...rootSecret, ...mail },
      ...{ ...attemptTimeVariables, ...publicUrl },
    }),
    whenItFails: 'Visitors get no confirmation of their requests. The emails wait. Read the log of visitor-mail.',
    whenItStops: 'Visitors get no confirmation of their requests. The emails wait. Check its rule, then its log.',
  },
  postback: {
    description: 'Tells sources what became of their leads',
    trigger: { everySeconds: 60 },
    localEverySeconds: 5,
    timeoutSeconds: 300,
    memoryMegabytes: 256,
    lastStepSeconds: 60,
    environment: z.object({ ...deployment, ...catalogTable, ...leadsTable, ...rootSecret, ...attemptTimeVariables }),
    whenItFails: 'Publishers are not told what became of their leads. The postbacks wait. Read the log of postback.',
    whenItStops:
      'Publishers are not told what became of their leads. The postbacks wait. Check its rule, then its log.',
  },
  certify: {
    description: 'Has the certificates of leads verified and retained by their vendors',
    trigger: { everySeconds: 60 },
    localEverySeconds: 1,
    timeoutSeconds: 120,
    memoryMegabytes: 256,
    lastStepSeconds: 30,
    environment: z.object({ ...deployment, ...leadsTable, ...rootSecret }),
    whenItFails: 'Certificates of leads are not retained, and expire within days. They wait. Read the log of certify.',
    whenItStops:
      'Certificates of leads are not retained, and expire within days. They wait. Check its rule, then its log.',
  },
  notify: {
    description: 'Notices what staff and schools should know of, and emails it to their people',
    trigger: { everySeconds: 900 },
    localEverySeconds: 15,
    timeoutSeconds: 300,
    memoryMegabytes: 256,
    lastStepSeconds: 60,
    environment: z.object({
      ...{ ...deployment, ...catalogTable, ...leadsTable, ...rootSecret },
      ...{ ...mail, ...attemptTimeVariables, ...publicUrl },
    }),
    whenItFails: 'Staff and schools get no notifications. They wait. Leads are delivered. Read the log of notify.',
    whenItStops: 'Staff and schools get no notifications. They wait. Leads are delivered. Check its rule.',
  },
} as const satisfies { [name: string]: WorkerDefinition }
