import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseHosts, readHostsFile } from '#local/read-hosts-file.ts'

it('reads the hosts file as it is now, and none if there is no file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'prospectus-hosts-'))
  const path = join(folder, 'hosts')
  expect(readHostsFile(path).size).toBe(0)
  writeFileSync(path, '8.8.8.8 CRM.school.com crm\n')
  expect([...readHostsFile(path)]).toEqual([
    ['crm.school.com', ['8.8.8.8']],
    ['crm', ['8.8.8.8']],
  ])
  rmSync(folder, { recursive: true })
  expect(readHostsFile(path).size).toBe(0)
})

it('ignores comments, lines that are not addresses, and addresses of one interface', () => {
  const text = '# x\n127.0.0.1\tlocalhost loop # y\n::1 localhost\r\nfe80::1%lo0 localhost\nnot-an-ip name\n\n1.2.3.4\n'
  expect([...parseHosts(text)]).toEqual([
    ['localhost', ['127.0.0.1', '::1']],
    ['loop', ['127.0.0.1']],
  ])
})
