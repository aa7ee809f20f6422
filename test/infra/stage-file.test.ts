import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readContextOverrides } from '#infra/context-overrides.ts'
import { readStageSettings } from '#infra/stage.ts'
import { isPlaceholder, listStageNames, readStageFile, stageFolder } from '#infra/stage-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'stages-'))
afterAll(() => rmSync(folder, { recursive: true }))
const complete = {
  production: true,
  account: '111122223333',
  region: 'eu-west-1',
  mailFrom: 'leads@college.org',
  alarmEmails: ['on-call@college.org'],
  retentionDays: 1095,
  edge: 'on',
}
/** The message that a stage file with some settings replaced is refused with; undefined settings are left out. */
function refusal(settings: object, name = 'live'): string {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify({ ...complete, ...settings }))
  try {
    readStageFile(name, { folder })
    return 'none'
  } catch (error) {
    return String(error)
  }
}

describe('a stage file', () => {
  it('is accepted if it is complete, and is all that a stage is made of', () => {
    expect(refusal({})).toBe('none')
    expect(refusal({ sizes: { requestsPerSecond: 20, burst: 5 } })).toBe('none')
    refusal({})
    expect(readStageSettings({ stage: 'live', stageFolder: folder })).toMatchObject({
      account: '111122223333',
      mailFrom: 'leads@college.org',
      alarmEmails: ['on-call@college.org'],
      hasEdge: true,
      domain: undefined,
      stage: { name: 'live', region: 'eu-west-1', isProtected: true, retentionDays: 1095 },
    })
  })

  it.each([
    [{ mailFrom: undefined }, 'mailFrom must be the email address from which leads are sent, verified in SES.'],
    [{ mailFrom: 'nobody' }, 'mailFrom must be'],
    [{ mailFrom: 'leads@prospectus.example' }, 'mailFrom is leads@prospectus.example, a placeholder'],
    [{ mailFrom: 'leads@example.com' }, 'a placeholder'],
    [{ account: undefined }, 'account is missing: it must be the 12 digits'],
    [{ account: '' }, 'account must be the 12 digits of the AWS account of this stage, in quotes.'],
    [{ account: 111122223333 }, 'account must be the 12 digits'],
    [{ alarmEmails: [] }, 'alarmEmails is empty'],
    [{ alarmEmails: ['on-call@college.example'] }, 'has placeholders only'],
    [{ alarmEmails: ['nobody'] }, 'alarmEmails must be a list of email addresses'],
    [{ secondFactor: 'always' }, 'secondFactor must be "optional", "owners" or "staff"'],
    [{ oidc: { issuer: 'http://login.college.org', clientId: 'x' } }, 'oidc.issuer must be the HTTPS address'],
    [{ oidc: { issuer: 'https://login.college.org' } }, 'oidc.clientId must be'],
    [
      { oidc: { issuer: 'https://login.college.org', clientId: 'x', clientSecret: 'y' } },
      'oidc.clientSecret is not a setting',
    ],
    [{ oidc: { issuer: 'https://login.college.org', clientId: 'x' } }, 'oidc needs publicUrl, or domainName'],
    [{ region: 'europe' }, 'region must be an AWS region, such as "us-east-1".'],
    [{ retentionDays: undefined }, 'retentionDays must be the number of days'],
    [{ retentionDays: 0 }, 'retentionDays must be'],
    [{ retentionDays: '1095' }, 'retentionDays must be'],
    [{ edge: 'of' }, 'edge must be "on", or "off"'],
    [{ edge: true }, 'edge must be "on", or "off"'],
    [{ domainName: 'api.college.org' }, 'domainName and certificateArn: set both, or neither.'],
    [
      { domainName: 'a.college.org', certificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/x' },
      'certificateArn must be',
    ],
    [
      { domainName: 'a.college.org', certificateArn: 'arn:aws:acm:us-east-1:999999999999:certificate/x' },
      'certificateArn is of another account than 111122223333.',
    ],
    [{ retentiondays: 30 }, 'retentiondays is not a setting. The settings are production, account, region,'],
    [{ sizes: { bursts: 5 } }, 'sizes.bursts is not a setting. The settings are requestsPerSecond, burst,'],
    [{ maintenance: 'yes' }, 'maintenance must be "on" to refuse writes while tables are restored, or "off".'],
    [{ tables: { lead: 'a-table' } }, 'tables.lead is not a setting. The settings are catalog, leads.'],
    [{ tables: { leads: '' } }, 'tables.leads must be the name of a table.'],
    [{ sizes: { burst: 0 } }, 'sizes.burst must be a positive integer.'],
    [
      { sizes: { requestsPerSecond: 19 } },
      'sizes.requestsPerSecond is 19, but the limit of one key is 20 a second: it must be at least that.',
    ],
    [{ sizes: { concurrentDeliveries: 1 } }, 'sizes.concurrentDeliveries must be an integer from 2 to 1000.'],
    [{ sizes: { logRetentionDays: 8 } }, 'sizes.logRetentionDays must be one of 1, 3, 5, 7,'],
    [{ production: 'yes' }, 'production must be true or false'],
  ])('is refused with %j', (settings, message) => {
    expect(refusal(settings)).toContain(message)
    expect(refusal(settings)).toMatch(/^Error: stages\/live\.json cannot be used:\n {2}\S/)
  })

  it('names every wrong setting at once', () => {
    const message = refusal({ account: '1', mailFrom: '', edge: 1 })
    expect(message.match(/^ {2}\w+/gm)).toEqual(['  account', '  mailFrom', '  edge'])
  })

  it('for prod is for production', () => {
    expect(refusal({ production: false }, 'prod')).toContain('production must be true in this file.')
  })

  it('that is not JSON is refused with its name', () => {
    writeFileSync(join(folder, 'broken.json'), '{"production": true')
    expect(() => readStageFile('broken', { folder })).toThrow('stages/broken.json is not valid JSON')
  })

  it('is one of those that exist', () => {
    expect(() => readStageFile('production')).toThrow('There is no stage "production". The stages are dev and prod')
    expect(() => readStageFile('../prod')).toThrow('There is no stage "../prod".')
    expect(listStageNames(stageFolder)).toEqual(['dev', 'prod'])
  })
})

describe('the committed stage files', () => {
  it('deploy dev as it is, and refuse prod until an operator has filled it in', () => {
    expect(readStageSettings({ stage: 'dev' })).toMatchObject({ stage: { name: 'dev', isProtected: false } })
    expect(readStageSettings({})).toEqual(readStageSettings({ stage: 'dev' }))
    expect(() => readStageSettings({ stage: 'prod' })).toThrow(
      /account must be.*\n {2}mailFrom must be.*\n {2}alarmEmails is empty/,
    )
  })
})

describe('settings on the command line', () => {
  it('override the file of a stage that is not for production', () => {
    const context = { stage: 'dev', mailFrom: 'leads@your-domain.example', retentionDays: '30', edge: 'off' }
    expect(
      readStageSettings({ ...context, 'aws:cdk:enable-path-metadata': true, 'cli-telemetry': false }),
    ).toMatchObject({
      mailFrom: 'leads@your-domain.example',
      hasEdge: false,
      stage: { retentionDays: 30 },
    })
  })

  it('are refused for a stage for production, which is what its file says', () => {
    refusal({})
    for (const [name, value] of Object.entries({ mailFrom: 'x@college.org', edge: 'off', edgeEdition: '2' }))
      expect(() => readStageSettings({ stage: 'live', stageFolder: folder, [name]: value })).toThrow(
        `-c ${name}=...: a stage for production takes its settings from its file alone. Write ${name} into stages/live.json.`,
      )
  })

  it.each([
    [{ retensionDays: '30' }, 'there is no such setting'],
    [{ region: 'eu-west-1' }, 'region is set in the stage file only'],
  ])('are refused with %j', (context, message) => {
    expect(() => readContextOverrides({ stage: 'dev', ...context })).toThrow(message)
  })

  it.each([
    [{ edge: 'of' }, 'edge must be'],
    [{ retentionDays: 'often' }, 'retentionDays must be'],
  ])('are checked like those of the file: %j', (context, message) => {
    expect(() => readStageSettings({ stage: 'dev', ...context })).toThrow(message)
  })
})

it.each([
  ['leads@prospectus.example', true],
  ['leads@mail.example.org', true],
  ['leads@college.test', true],
  ['leads@college.org', false],
  ['leads@myexample.com', false],
])('takes %s for a placeholder: %s', (address, expected) => {
  expect(isPlaceholder(address)).toBe(expected)
})
