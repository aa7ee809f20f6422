import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Host, startHost } from '#local/host.ts'
import { setUpOwnerApp } from '#test/web/set-up-owner-app.ts'
import { runOps } from './run-ops.ts'

let host: Host
beforeAll(async () => {
  host = await startHost({ port: 0 })
})
afterAll(() => host.close())

const ops = (...args: string[]) => runOps(host, args)

describe('ops people', () => {
  it('invites, sends again, changes, lists and deletes a person', async () => {
    const school = ['--school', 'lone-prairie-college']
    const invited = await ops(
      '--json',
      'people',
      'invite',
      ...school,
      '--email',
      'kim@school.example',
      '--name',
      'Kim',
      '--role',
      'officer',
    )
    expect([invited.err, invited.code]).toEqual(['', 0])
    const { person, invitation } = JSON.parse(invited.out)
    expect([person.status, invitation]).toEqual(['invited', 'sent'])
    expect((await ops('people', 'resend', person.personId)).out).toBe(`${person.personId}: the invitation was sent.\n`)
    expect((await ops('people', 'change', person.personId, '--role', 'viewer')).code).toBe(0)
    expect((await ops('people', 'list', ...school)).out).toMatch(/Kim.*kim@school\.example.*viewer.*invited/)

    const unconfirmed = await ops('people', 'delete', person.personId)
    expect([unconfirmed.code, unconfirmed.err]).toEqual([2, expect.stringContaining('pass --yes')])
    expect((await ops('people', 'delete', person.personId, '--yes')).out).toBe(`Deleted ${person.personId}.\n`)
    expect((await ops('people', 'list', ...school)).out).not.toContain('kim@school.example')
  })

  it('refuses a second invitation of an email, an unknown school, and the first owner if there is one', async () => {
    const invite = ['people', 'invite', '--email', 'lee@staff.example', '--name', 'Lee', '--role', 'viewer']
    expect((await ops(...invite)).code).toBe(0)
    expect((await ops(...invite)).err).toContain('Someone already signs in here with this email.')
    const elsewhere = await ops(
      'people',
      'invite',
      '--school',
      'nowhere',
      '--email',
      'a@b.example',
      '--name',
      'A',
      '--role',
      'officer',
    )
    expect(elsewhere.err).toContain('must be the ID of an existing school')
    expect((await ops('people', 'first', '--email', 'x@staff.example', '--name', 'X')).err).toContain(
      'There is an owner already.',
    )
  })

  it('resets the authenticator app of a person, after a confirmation', async () => {
    await setUpOwnerApp(host)
    const { people } = JSON.parse((await ops('--json', 'people', 'list')).out)
    const owner = people.find(({ email }: { email: string }) => email === 'jo@staff.example')
    expect((await ops('people', 'list')).out).toMatch(/jo@staff\.example.*owner.*active.*on/)
    expect((await ops('people', 'reset-app', owner.personId)).code).toBe(2)
    expect(await ops('people', 'reset-app', owner.personId, '--yes')).toEqual({
      out: `Reset the authenticator app of ${owner.personId}.\n`,
      err: '',
      code: 0,
    })
    expect((await ops('people', 'list')).out).toMatch(/jo@staff\.example.*owner.*active.*off/)
  })
})
