import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CallAws } from '#cli/aws/create-aws-client.ts'
import { readDeployedStage } from '#cli/restore/read-deployed-stage.ts'
import { writeTableNames } from '#cli/restore/write-table-names.ts'
import { readStageFile } from '#infra/stage-file.ts'

type ServiceState = { status?: string; maintenance?: (string | undefined)[]; isDeployed?: boolean; account?: string }
const outputs = ['CatalogTable', 'LeadsTable', 'SecretArn'].map(
  (name) => `<member>\n  <OutputKey>${name}</OutputKey>\n  <OutputValue>the-${name}</OutputValue>\n</member>`,
)

function readStage({
  status = 'UPDATE_COMPLETE',
  maintenance = ['on', 'on'],
  isDeployed = true,
  account,
}: ServiceState) {
  const Resources = Object.fromEntries(
    maintenance.map((MAINTENANCE, index) => [
      `Lambda${index}`,
      { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables: { STAGE: 'prod', MAINTENANCE } } } },
    ]),
  )
  const call: CallAws = async ({ service, body = '' }) => {
    if (service === 'sts') return { status: 200, text: `<Account>${account ?? '111122223333'}</Account><Arn>arn</Arn>` }
    const parameters = new URLSearchParams(body)
    const isStorage = parameters.get('StackName') === 'prospectus-prod-storage'
    if (!isDeployed && !isStorage)
      return { status: 400, text: '<Code>ValidationError</Code><Message>x does not exist</Message>' }
    if (parameters.get('Action') === 'GetTemplate')
      return {
        status: 200,
        text: `<TemplateBody>${JSON.stringify({ Resources: isStorage ? {} : Resources })}</TemplateBody>`,
      }
    const text = `<StackStatus>${isStorage ? 'CREATE_COMPLETE' : status}</StackStatus><CreationTime>2026-01-01T00:00:00Z</CreationTime>
      <LastUpdatedTime>2026-11-28T16:00:00.000Z</LastUpdatedTime><Outputs>${isStorage ? outputs.join('') : ''}</Outputs>`
    return { status: 200, text }
  }
  return readDeployedStage({ name: 'prod', file: { account: '111122223333', region: 'eu-west-1' } }, call)
}

describe('what is deployed of a stage', () => {
  it('has the tables in use, and is quiet when the longest worker of before has ended', async () => {
    expect(await readStage({})).toEqual({
      tables: { catalog: 'the-CatalogTable', leads: 'the-LeadsTable' },
      isInMaintenance: true,
      quietAt: new Date('2026-11-28T16:30:00Z'),
    })
  })

  it('is not in maintenance if a single Lambda writes, or is of an older version', async () => {
    expect(await readStage({ maintenance: ['on', 'off'] })).toHaveProperty('isInMaintenance', false)
    expect(await readStage({ maintenance: ['on', undefined] })).toHaveProperty('isInMaintenance', false)
  })

  it.each<[ServiceState, RegExp]>([
    [{ isDeployed: false }, /prod is not deployed in account 111122223333, region eu-west-1/],
    [{ status: 'UPDATE_IN_PROGRESS' }, /a deployment is running/],
    [{ account: '999999999999' }, /Choose another AWS_PROFILE/],
  ])('is refused: %j', async (state, message) => {
    await expect(readStage(state)).rejects.toThrow(message)
  })
})

it('writes the names of restored tables into the stage file, and leaves the rest as it is', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prospectus-stages-'))
  const settings = {
    production: false,
    region: 'us-east-1',
    mailFrom: 'a@x.org',
    alarmEmails: [],
    retentionDays: 30,
    edge: 'off',
  }
  writeFileSync(join(folder, 'trial.json'), JSON.stringify({ ...settings, tables: { catalog: 'an-older-one' } }))
  writeTableNames('trial', { leads: 'the-new-one' }, folder)
  expect(readStageFile('trial', { folder })).toMatchObject({
    ...settings,
    tables: { catalog: 'an-older-one', leads: 'the-new-one' },
  })
  expect(JSON.parse(readFileSync(join(folder, 'trial.json'), 'utf8'))).not.toHaveProperty('sizes')
  rmSync(folder, { recursive: true })
})
