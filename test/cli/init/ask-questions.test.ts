import { afterEach, describe, expect, it, vi } from 'vitest'
import { type Ask, askQuestions } from '#cli/init/ask-questions.ts'
import { buildFirstRecords, findRecordFaults, firstRecordQuestions } from '#cli/init/first-records.ts'
import { listHostQuestions } from '#cli/init/host-settings.ts'

afterEach(() => vi.restoreAllMocks())

/** Types these lines at the terminal, and notes what was shown. */
function createTyping(lines: readonly string[]): { ask: Ask; print: (line: string) => void; shown: string[] } {
  const rest = [...lines]
  const shown: string[] = []
  return {
    ask: async (prompt) => {
      shown.push(prompt)
      return rest.shift()
    },
    print: (line) => void shown.push(line),
    shown,
  }
}

describe('questions', () => {
  it('are asked again until the answer is one that the host takes', async () => {
    const typing = createTyping([
      'leads.example.org',
      'https://leads.example.org',
      '',
      '',
      'no',
      '',
      '',
      '',
      '80',
      '',
      'apache',
      '',
    ])
    const answers = await askQuestions(
      listHostQuestions({ SMTP_URL: 'smtps://mail.example', MAIL_FROM: 'a@b.example' }),
      {
        options: {},
        ...typing,
      },
    )
    expect(answers).toEqual({
      publicUrl: 'https://leads.example.org',
      smtpUrl: 'smtps://mail.example',
      mailFrom: 'a@b.example',
      alertEmail: '',
      retentionDays: '',
      backupDir: '/var/backups/prospectus',
      port: '3000',
      proxy: 'caddy',
    })
    expect(typing.shown.filter((line) => line.startsWith('  '))).toEqual([
      '  Must begin with https://.',
      '  ALERT_EMAIL is "no". Set it to one email address.',
      '  Must be a number from 1024 to 65535.',
      '  Must be one of caddy, nginx, none.',
    ])
  })

  it('show no password of the settings that are there', async () => {
    const typing = createTyping(Array.from({ length: 8 }, () => ''))
    const current = {
      PUBLIC_URL: 'https://a.example',
      SMTP_URL: 'smtps://me:secret@mail.example',
      MAIL_FROM: 'a@b.example',
    }
    const answers = await askQuestions(listHostQuestions(current), { options: {}, ...typing })
    expect(answers.smtpUrl).toBe('smtps://me:secret@mail.example')
    expect(typing.shown.join()).toContain('[smtps://me:***@mail.example]')
    expect(typing.shown.join()).not.toContain('secret')
  })

  it.each([
    ['/var/backups/prospectus', undefined],
    ['/backups', undefined],
    ['backups', 'Must be a full path without spaces.'],
    ['/', 'Must be a folder of its own that a service can write, such as /var/backups/prospectus.'],
    ['/home/me/backups', 'Must be a folder of its own that a service can write, such as /var/backups/prospectus.'],
    ['/etc', 'Must be a folder of its own that a service can write, such as /var/backups/prospectus.'],
    ['/var/lib/prospectus/backups', expect.stringContaining('is in the data folder /var/lib/prospectus')],
  ])('take a folder for backups or not: %s', (folder, fault) => {
    expect(
      listHostQuestions({})
        .find(({ name }) => name === 'backupDir')
        ?.findFault(folder),
    ).toEqual(fault)
  })

  it('end the command if the terminal is closed', async () => {
    const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
      throw new Error('exit')
    })
    const error = vi.spyOn(console, 'error').mockImplementation(() => {})
    await expect(askQuestions(listHostQuestions({}), { options: {}, ...createTyping([]) })).rejects.toThrow('exit')
    expect([exit.mock.lastCall, error.mock.lastCall]).toEqual([[1], ['Canceled. Nothing was written.']])
  })
})

describe('the first records', () => {
  const answers = {
    ...{ schoolName: 'École Alpha & Co.', legalName: '', timeZone: 'America/Chicago', careerTitle: 'Medical Coder' },
    ...{
      careerSummary: 'Codes diagnoses.',
      programName: 'Coding Certificate',
      level: 'certificate',
      modality: 'online',
    },
    ...{ endpoint: 'leads@alpha.example', price: '45.50', leadsPerDay: '20', sourceName: 'Careers', origin: '' },
  }

  it('have IDs from their names, and refer to each other', () => {
    const records = buildFirstRecords(answers)
    expect(records.map(({ kind, id }) => `${kind} ${id}`)).toEqual([
      'schools ecole-alpha-co',
      'careers medical-coder',
      'programs ecole-alpha-co-coding-certificate',
      'campaigns ecole-alpha-co-first',
      'sources careers',
    ])
    expect(records[3]?.body).toMatchObject({
      priceCents: 4550,
      caps: [{ period: 'day', limit: 20 }],
      endpoint: { kind: 'email', to: 'leads@alpha.example' },
    })
    expect(findRecordFaults(records)).toEqual([])
  })

  it('are all checked before one is written', () => {
    const faulty = buildFirstRecords({ ...answers, schoolName: '東京', timeZone: 'Mars', level: 'phd' })
    expect(findRecordFaults(faulty)).toEqual([
      'schools : /timeZone must be an IANA time zone, such as America/Chicago',
      'schools : /id must be 1 to 64 letters, digits, dots, underscores or hyphens',
      expect.stringContaining('/schoolId'),
      expect.stringContaining('/level'),
      expect.stringContaining('campaigns -first: /schoolId'),
      expect.stringContaining('campaigns -first: /id'),
    ])
  })

  it.each([
    ['schoolName', '東京', 'It must have a Latin letter or a digit, because its ID is made from it.'],
    ['timeZone', 'Central', 'It must be an IANA time zone, such as America/Chicago.'],
    ['endpoint', 'ftp://x', 'It must be an email address or a URL that begins with https://.'],
    ['price', '$45', 'It must be an amount in dollars, such as 45 or 45.00.'],
    ['leadsPerDay', '0', 'It must be a number from 1 to 999999.'],
    ['origin', 'https://a.example/x', 'It must be an origin, such as https://careers.example, without a path.'],
    ['level', 'phd', expect.stringContaining('use certificate, ')],
  ])('do not take as %s: %s', (name, answer, fault) => {
    expect(firstRecordQuestions.find((question) => question.name === name)?.findFault(answer)).toEqual(fault)
  })
})
