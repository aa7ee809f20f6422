import { type Json, toArray, toObject } from '../../catalog/fields/json.ts'

/** A value in a response of a school. `path`: JSON Pointer, as response rules use it. */
export type ResponseValue = { path: string; value: string }

const maxValues = 60
const maxLevels = 8

/** Lists the values of a response that is JSON or a form, with their places. Empty for anything else. */
export function listResponseValues(body: string): ResponseValue[] {
  const text = body.trim()
  if (text === '') return []
  try {
    return listLeaves(JSON.parse(text), '', 0).slice(0, maxValues)
  } catch {
    return /^[^=&\s<]+=[^&]*(&[^=&]+=[^&]*)*$/.test(text) ? listFormValues(text) : []
  }
}

function listLeaves(value: Json, path: string, level: number): ResponseValue[] {
  if (level > maxLevels) return []
  if (typeof value !== 'object') return [{ path, value: String(value) }]
  if (value === null) return []
  if (Array.isArray(value))
    return toArray(value).flatMap((item, index) => listLeaves(item, `${path}/${index}`, level + 1))
  return Object.entries(toObject(value)).flatMap(([name, member]) =>
    listLeaves(member, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, level + 1),
  )
}

function listFormValues(text: string): ResponseValue[] {
  return [...new URLSearchParams(text)].map(([name, value]) => ({ path: `/${name}`, value })).slice(0, maxValues)
}
