import { type DeploymentStage, getStage, stages } from '#infra/stage.ts'

/** Each setting and what is wrong with a value that does not fit `fits`. */
const settings = {
  stage: { pattern: /./, requirement: 'be dev or prod' },
  /** The sender of e-mailed leads, verified in SES. */
  mailFrom: { pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/, requirement: 'be an e-mail address' },
  /** After how many days people are forgotten, without their asking. */
  retentionDays: { pattern: /^(never|[1-9]\d{0,4})$/, requirement: 'be a number of days, or never' },
  /** `off`: no CloudFront and no firewall, and the address of the API is open. */
  edge: { pattern: /^(on|off)$/, requirement: 'be on or off' },
  domainName: { pattern: /^([a-z0-9-]+\.)+[a-z]{2,}$/i, requirement: 'be a host name' },
  certificateArn: { pattern: /^arn:aws:acm:us-east-1:/, requirement: 'be the ARN of a certificate in us-east-1' },
  /** Any other than last time: the edge reads its secret anew. */
  edgeEdition: { pattern: /^[\w.-]{1,30}$/, requirement: 'be a number or a word' },
}
type SettingName = keyof typeof settings

/** What `-c name=value` can choose. @throws for what cannot be, naming it. */
export function readSettings(getContext: (name: string) => unknown) {
  const readSetting = (name: SettingName) => {
    const value: unknown = getContext(name)
    if (value === undefined || value === null) return undefined
    const { pattern, requirement } = settings[name]
    if (!pattern.test(String(value))) throw new Error(`-c ${name}=${value}: it must ${requirement}.`)
    return String(value)
  }
  const baseStage = getStage(readSetting('stage') ?? stages.dev.name)
  const retention = readSetting('retentionDays') ?? baseStage.retentionDays
  const stage: DeploymentStage = { ...baseStage, retentionDays: retention === 'never' ? retention : Number(retention) }
  const [name, certificateArn] = [readSetting('domainName'), readSetting('certificateArn')]
  if ((name === undefined) !== (certificateArn === undefined))
    throw new Error('A domain needs both: -c domainName=... and -c certificateArn=...')
  return {
    stage,
    mailFrom: readSetting('mailFrom') ?? stage.mailFrom,
    hasEdge: readSetting('edge') !== 'off',
    domain: name !== undefined && certificateArn !== undefined ? { name, certificateArn } : undefined,
    edition: readSetting('edgeEdition') ?? '1',
  }
}
