import { type Stage, stageNamed, stages } from '#infra/stage.ts'

/** Each setting and what is wrong with a value that does not fit `fits`. */
const settings = {
  stage: { fits: /./, must: 'be dev or prod' },
  /** The sender of e-mailed leads, verified in SES. */
  mailFrom: { fits: /^[^@\s]+@[^@\s]+\.[^@\s]+$/, must: 'be an e-mail address' },
  /** After how many days people are forgotten, without their asking. */
  retentionDays: { fits: /^(never|[1-9]\d{0,4})$/, must: 'be a number of days, or never' },
  /** `off`: no CloudFront and no firewall, and the address of the API is open. */
  edge: { fits: /^(on|off)$/, must: 'be on or off' },
  domainName: { fits: /^([a-z0-9-]+\.)+[a-z]{2,}$/i, must: 'be a host name' },
  certificateArn: { fits: /^arn:aws:acm:us-east-1:/, must: 'be the ARN of a certificate in us-east-1' },
  /** Any other than last time: the edge reads its secret anew. */
  edgeEdition: { fits: /^[\w.-]{1,30}$/, must: 'be a number or a word' },
}
type Name = keyof typeof settings

/** What `-c name=value` can choose. @throws for what cannot be, naming it. */
export function settingsOf(contextOf: (name: string) => unknown) {
  const given = (name: Name) => {
    const value: unknown = contextOf(name)
    if (value === undefined || value === null) return undefined
    const { fits, must } = settings[name]
    if (!fits.test(String(value))) throw new Error(`-c ${name}=${value}: it must ${must}.`)
    return String(value)
  }
  const chosen = stageNamed(given('stage') ?? stages.dev.name)
  const kept = given('retentionDays') ?? chosen.retentionDays
  const stage: Stage = { ...chosen, retentionDays: kept === 'never' ? kept : Number(kept) }
  const [name, certificateArn] = [given('domainName'), given('certificateArn')]
  if ((name === undefined) !== (certificateArn === undefined))
    throw new Error('A domain needs both: -c domainName=... and -c certificateArn=...')
  return {
    stage,
    mailFrom: given('mailFrom') ?? stage.mailFrom,
    withEdge: given('edge') !== 'off',
    domain: name !== undefined && certificateArn !== undefined ? { name, certificateArn } : undefined,
    edition: given('edgeEdition') ?? '1',
  }
}
