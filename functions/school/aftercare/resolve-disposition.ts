import { invalidFields } from '#shared/contract/problems.ts'
import { type DispositionWord, findDisposition } from '#shared/domain/aftercare/disposition.ts'
import { school } from '#shared/domain/catalog/school.ts'
import type { Dependencies } from '#shared/platform/dependencies.ts'

type DispositionOrCode = { disposition?: DispositionWord | undefined; code?: string | undefined }

/** Returns the disposition that a school reports, by its name or by a code of its own. @throws Refusal for an unknown code */
export async function resolveDisposition(
  { disposition, code }: DispositionOrCode,
  schoolId: string,
  { records }: Pick<Dependencies, 'records'>,
): Promise<DispositionWord> {
  if (disposition !== undefined && code !== undefined)
    throw invalidFields([{ pointer: '/code', code: 'conflict', detail: 'cannot be combined with `disposition`' }])
  if (disposition !== undefined) return disposition
  if (code === undefined)
    throw invalidFields([{ pointer: '/disposition', code: 'required', detail: 'is required, or a code' }])
  const record = await records.get('schools', schoolId)
  const found = findDisposition(code, record && school.parse(record.body).dispositionCodes)
  if (!found)
    throw invalidFields([
      {
        pointer: '/code',
        code: 'unknown_code',
        detail: 'is not a known code: ask for it to be mapped to a disposition',
      },
    ])
  return found
}
