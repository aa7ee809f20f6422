import { type DeploymentStage, getStage, stages } from '#infra/stage.ts'

/** A setting: which values it accepts, and what to say about others. */
const settings = {
  stage: { pattern: /./, requirement: 'be dev or prod' },
  /** The sender of emails, verified in SES. */
  mailFrom: { pattern: /^[^@\s]+@[^@\s]+\.[^@\s]+$/, requirement: 'be an e-mail address' },
  /** After how many days personal data is erased. */
  retentionDays: { pattern: /^(never|[1-9]\d{0,4})$/, requirement: 'be a number of days, or never' },
  /** `off`: no CloudFront and no firewall; callers use the API's own URL. */
  edge: { pattern: /^(on|off)$/, requirement: 'be on or off' },
  domainName: { pattern: /^([a-z0-9-]+\.)+[a-z]{2,}$/i, requirement: 'be a host name' },
  certificateArn: { pattern: /^arn:aws:acm:us-east-1:/, requirement: 'be the ARN of a certificate in us-east-1' },
  /** Change it to make the edge read its secret again. */
  edgeEdition: { pattern: /^[\w.-]{1,30}$/, requirement: 'be a number or a word' },
}
type SettingName = keyof typeof settings

/** Reads the settings that `-c name=value` can set. @throws Error that names an invalid setting. */
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
