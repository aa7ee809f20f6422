import { beforeAll, describe, expect, it } from 'vitest'
import { describeChangesForPeople } from '#cli/deploy/describe-changes.ts'
import { parseTemplate } from '#cli/deploy/stack-template.ts'
import { environments } from '#shared/platform/environments.ts'
import { hasText, readSample, readVariables, type SynthesizedApp, synthesize } from './synthesize.ts'

const names = { catalog: 'restored-catalog', leads: 'restored-leads' }

describe('a stage in maintenance', () => {
  let open: SynthesizedApp
  let closed: SynthesizedApp
  beforeAll(() => {
    open = synthesize(readSample('prod'))
    closed = synthesize(readSample('prod', { maintenance: 'on', tables: names }))
  })

  it('tells every Lambda, and starts none by schedule or queue', () => {
    expect(readMaintenance(closed)).toEqual(new Set(['on']))
    expect(
      closed.service
        .of('Events::Rule')
        .filter(isSchedule)
        .map(({ State }) => State),
    ).toEqual(
      open.service
        .of('Events::Rule')
        .filter(isSchedule)
        .map(() => 'DISABLED'),
    )
    expect(closed.service.of('Lambda::EventSourceMapping').map(({ Enabled }) => Enabled)).toEqual([false, false])
    const stopped = closed.service.of('CloudWatch::Alarm').filter(({ MetricName }) => MetricName === 'Invocations')
    expect(stopped.filter(({ ActionsEnabled }) => ActionsEnabled !== false)).toEqual([])
    // Bounces of emails that were sent before are still collected.
    const bounceRules = closed.service.of('Events::Rule').filter((rule) => !isSchedule(rule))
    expect(bounceRules).toMatchObject([{ State: 'ENABLED' }])
  })

  it('is not the default', () => {
    expect(readMaintenance(open)).toEqual(new Set(['off']))
    const states = open.service.of('Events::Rule').map(({ State }) => State)
    expect(new Set(states)).toEqual(new Set(['ENABLED']))
    expect(open.service.of('Lambda::EventSourceMapping').map(({ Enabled }) => Enabled)).toEqual([true, true])
  })

  it('uses the restored tables alone: names, rights and outputs', () => {
    for (const [name] of environments) {
      const { properties, statements } = closed.service.lambda(name)
      const { CATALOG_TABLE, LEADS_TABLE } = readVariables(properties)
      expect([CATALOG_TABLE, LEADS_TABLE]).toEqual([CATALOG_TABLE && names.catalog, LEADS_TABLE && names.leads])
      const tableStatements = statements.filter(({ Action }) => Action.some((one) => one.startsWith('dynamodb:')))
      for (const { Resource } of tableStatements) expect(hasText(Resource, ':table/restored-')).toBe(true)
    }
    expect(closed.service.text).not.toMatch(/ImportValue":"[^"]*(Catalog|Leads)(?!Key)/)
    const { Outputs } = JSON.parse(closed.storage.text)
    expect([Outputs.CatalogTable.Value, Outputs.LeadsTable.Value]).toEqual([names.catalog, names.leads])
  })

  it('encrypts and decrypts the restored leads with the key of the table that they replace', () => {
    const { statements } = closed.service.lambda('capture')
    const keyStatement = statements.find(({ Action }) => Action.includes('kms:Decrypt'))
    expect(hasText(keyStatement?.Resource, 'LeadsKey')).toBe(true)
  })

  it('says so before it is deployed', () => {
    const templates = (app: SynthesizedApp) => ({ service: parseTemplate(app.service.text) })
    expect(describeChangesForPeople(templates(open), templates(closed))).toEqual(
      expect.arrayContaining([
        'Writes, deliveries and schedules: running -> stopped for maintenance',
        'Tables: that of the storage stack and that of the storage stack -> restored-catalog and restored-leads',
      ]),
    )
  })
})

const isSchedule = ({ ScheduleExpression }: { [name: string]: unknown }) => ScheduleExpression !== undefined

function readMaintenance({ service }: SynthesizedApp) {
  return new Set([...environments.keys()].map((name) => readVariables(service.lambda(name).properties).MAINTENANCE))
}
