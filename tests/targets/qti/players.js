// Drives two players of QTI 3 from inside a page: `play(request)` makes one attempt and tells what came of it.
// request: { player, xml, address, responses: {identifier: value or list}, ordered: the identifiers of those whose
// order counts, hint: how many buttons to press first }

const within = (promise, what) =>
  Promise.race([promise, new Promise((_, fail) => setTimeout(() => fail(new Error(`${what}: nothing in 15 s`)), 15000))])
const pause = (time) => new Promise((done) => setTimeout(done, time))

function everyElement(root, visit) {
  for (const node of root.children ?? []) {
    visit(node)
    everyElement(node, visit)
    if (node.shadowRoot) everyElement(node.shadowRoot, visit)
  }
}

function brokenImages(root) {
  const found = []
  everyElement(root, (node) => {
    if (node.localName === 'img' && node.complete && !node.naturalWidth) found.push(node.getAttribute('src'))
  })
  return found
}

async function citolab({ address, responses, hint }) {
  document.body.replaceChildren()
  const holder = document.createElement('qti-item')
  const container = document.createElement('item-container')
  holder.append(container)
  const connected = new Promise((done) =>
    holder.addEventListener('qti-assessment-item-connected', (event) => done(event.detail ?? event.target)))
  container.setAttribute('item-url', address)
  document.body.append(holder)
  let item = await within(connected, 'item')
  item = item.processResponse ? item : container.shadowRoot.querySelector('qti-assessment-item')
  await item.updateComplete
  await pause(20)
  const buttons = [...item.querySelectorAll('qti-end-attempt-interaction')]
  for (const button of buttons.slice(0, hint)) button.shadowRoot.querySelector('button, [part]').click()
  for (const asks of item.querySelectorAll('[response-identifier]')) {
    const value = responses[asks.getAttribute('response-identifier')]
    if (value === undefined) continue
    asks.response = value
    asks.saveResponse?.(value)
  }
  await pause(10)
  item.processResponse()
  await pause(10)
  const unknown = [...item.querySelectorAll('qti-item-body *')]
    .map((node) => node.localName)
    .filter((name) => name.startsWith('qti-') && name !== 'qti-simple-match-set' && !customElements.get(name))
  return {
    outcomes: Object.fromEntries(item.variables.map((one) => [one.identifier, one.value])),
    text: item.querySelector('qti-item-body').textContent,
    broken: brokenImages(document.body),
    unknown,
  }
}

async function ampup({ xml, responses, ordered, hint }) {
  document.body.innerHTML = '<div id="app"></div>'
  const component = window.qti3Player.default ?? window.qti3Player
  let player, loaded, ended
  const view = new window.Vue({
    render: (create) => create(component, {
      props: { suppressAlertMessages: true, suppressInvalidResponseMessages: true },
      on: {
        notifyQti3PlayerReady: (ready) => { player = ready },
        notifyQti3ItemReady: () => loaded(),
        notifyQti3EndAttemptCompleted: (data) => ended(data),
        notifyQti3SuspendAttemptCompleted: (data) => ended(data),
      },
    }),
  }).$mount('#app')
  const settings = {
    guid: 'attempt',
    status: 'interacting',
    sessionControl: { max_attempts: 0, show_feedback: true, validate_responses: false },
  }
  const load = async () => {
    const ready = new Promise((done) => { loaded = done })
    player.loadItemFromXml(xml, settings)
    await within(ready, 'item')
    await pause(20)
  }
  const finish = async (act) => {
    const data = new Promise((done) => { ended = done })
    act()
    const result = await within(data, 'attempt')
    return result.state ?? result
  }
  for (let i = 0; i < 100 && !player; i++) await pause(10)
  await load()
  if (Object.keys(responses).length) {
    // Its own saved state with our answers in it, restored into its interactions.
    const state = await finish(() => player.suspendAttempt('save'))
    for (const variable of state.responseVariables) {
      if (!(variable.identifier in responses)) continue
      variable.value = responses[variable.identifier]
      if (ordered.includes(variable.identifier)) variable.state.order = variable.value
    }
    settings.state = state
    player.itemXml = ''
    view.$forceUpdate()
    await pause(10)
    await load()
  }
  const text = document.querySelector('.qti-item-body').textContent
  const buttons = [...document.querySelectorAll('.qti-item-body button')].filter((node) => /Hint/.test(node.textContent))
  for (const button of buttons.slice(0, hint)) await finish(() => button.click())
  const state = await finish(() => player.endAttempt('end'))
  await pause(10)
  const result = {
    outcomes: Object.fromEntries(state.outcomeVariables.map((one) => [one.identifier, one.value])),
    text,
    broken: brokenImages(document.body),
    unknown: [],
  }
  view.$destroy()
  return result
}

window.play = (request) => ({ citolab, ampup })[request.player](request)
