import { expect, test } from 'vitest'
import { mentionsIn } from './mrkdwn.ts'

test('markup calls people and leads elsewhere; escaped and plain text does not', () => {
  const found = mentionsIn('<@U1> <!here> <!date^1^{time}|now> &lt;@U2&gt; <https://a.example|A> https://b.example', [
    { type: 'section', text: { type: 'plain_text', text: '<@U3>' } },
    { type: 'section', text: { type: 'mrkdwn', text: '<@U4|ada> <#C1> <!channel>' } },
    { type: 'actions', elements: [{ type: 'button', url: 'https://c.example', text: { type: 'plain_text', text: 'Go' } }] },
  ])
  expect(found).toEqual({
    users: ['U1', 'U4'],
    channels: ['C1'],
    broadcasts: ['here', 'channel'],
    links: [
      { url: 'https://a.example', label: 'A' },
      { url: 'https://b.example', label: 'https://b.example' },
      { url: 'https://c.example', label: 'Go' },
    ],
  })
})
