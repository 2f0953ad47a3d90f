import { describe, expect, test } from 'vitest'
import { formGallery } from '../../src/commands/gallery.ts'
import { gallery, sampleReader } from '../../src/screens/gallery.ts'
import { formView } from './forms.ts'
import { createRenderer } from './render.ts'
import { checkMessageBlocks, checkView } from './simulator/blocks/check.ts'
import { isJson } from './simulator/json.ts'
import { mentionsIn } from './simulator/mrkdwn.ts'

const renderer = createRenderer('/focus')

/** What Slack is sent: JSON, in which nothing absent is left. */
const sent = (blocks: unknown) => (JSON.parse(JSON.stringify(blocks)) as unknown[]).filter(isJson)

/** People who may be called: those of a text that means to. */
const callsIn = (screen: unknown): boolean => JSON.stringify(screen).includes('"call":true')

/** A channel's name rings nobody: those of a text that means one. */
const namesChannels = (screen: unknown): boolean => JSON.stringify(screen).includes('"channel":"C')

describe.each(['en', 'ko'] as const)('in %s', (locale) => {
  const reader = sampleReader(locale)

  test.each(gallery.map(({ name, screen }) => [name, screen] as const))('%s is taken as a message, a modal and a home', (_name, screen) => {
    const message = renderer.message(screen, reader)
    expect(checkMessageBlocks(sent(message.blocks))).toMatchObject({ ok: true })
    expect(checkView('modal', renderer.modal(screen, reader))).toMatchObject({ ok: true })
    expect(checkView('home', renderer.home([screen], reader))).toMatchObject({ ok: true })
    const called = mentionsIn(message.text, sent(message.blocks))
    expect([...called.broadcasts, ...(namesChannels(screen) ? [] : called.channels)]).toEqual([])
    if (!callsIn(screen)) expect(called.users).toEqual([])
  })

  test.each(formGallery.map(({ name, form }) => [name, form] as const))('%s is taken as a form', (_name, form) => {
    expect(checkView('modal', formView(renderer, form, reader, 'C1'))).toMatchObject({ ok: true })
  })
})
