import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { buildCurlCommands } from '#web/publisher/posting/build-curl.ts'
import { listFields } from '#web/publisher/posting/list-fields.ts'

const document = JSON.parse(readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8'))

it('lists the fields of a lead from openapi.json, nested ones with their path, and which are required', () => {
  const fields = listFields(document, 'LeadRequest')
  const find = (name: string) => fields.find((field) => field.name === name)
  expect(find('matchId')).toMatchObject({ type: 'string', isRequired: true })
  expect(find('contact.email')).toMatchObject({ type: 'string', isRequired: true })
  expect(find('consent.sha256')).toMatchObject({ isRequired: true })
  expect(find('test')).toMatchObject({ isRequired: false })
  expect(find('education.highestLevel')?.type).toContain('high-school-diploma')
  expect(fields.filter(({ type }) => type === 'any')).toEqual([])
})

it('lists nothing for a schema that the document does not have', () => {
  expect(listFields({}, 'LeadRequest')).toEqual([])
})

it('makes commands that have no key, only the name of a variable, and mark the lead as a test', () => {
  const { match, lead } = buildCurlCommands('https://api.example')
  expect(match).toContain('curl -X POST https://api.example/v1/matches')
  expect(lead).toContain('curl -X POST https://api.example/v1/leads')
  expect(lead).toContain('"test": true')
  for (const command of [match, lead]) {
    expect(command).toContain('$SECRET_KEY')
    expect(command).not.toMatch(/\bsk_/)
  }
})
