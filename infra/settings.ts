import * as z from 'zod'
import { stageNamed, stages } from '#infra/stage.ts'

const context = z.object({
  /** `dev` or `prod`. */
  stage: z.string().default(stages.dev.name),
  /** The sender of e-mailed leads, verified in SES. */
  mailFrom: z.email().optional(),
  /** `off`: no CloudFront and no firewall, and the address of the API is open. */
  edge: z.enum(['on', 'off'], 'must be on or off').default('on'),
  domainName: z.hostname().optional(),
  certificateArn: z.string().startsWith('arn:aws:acm:us-east-1:', 'must be of a certificate in us-east-1').optional(),
  /** Any other than last time: the edge reads its secret anew. */
  edgeEdition: z.coerce.string().default('1'),
})

/** What `-c name=value` can choose. @throws for what cannot be, naming it. */
export function settingsOf(contextOf: (name: string) => unknown) {
  const given = Object.fromEntries(Object.keys(context.shape).map((name) => [name, contextOf(name) ?? undefined]))
  const { data, error } = context.safeParse(given)
  if (error) throw new Error(`The context (-c name=value) is not right: ${z.prettifyError(error)}`)
  const { domainName: name, certificateArn } = data
  if ((name === undefined) !== (certificateArn === undefined))
    throw new Error('A domain needs both: -c domainName=... and -c certificateArn=...')
  const stage = stageNamed(data.stage)
  return {
    stage,
    mailFrom: data.mailFrom ?? stage.mailFrom,
    withEdge: data.edge === 'on',
    domain: name !== undefined && certificateArn !== undefined ? { name, certificateArn } : undefined,
    edition: data.edgeEdition,
  }
}
