/* The buttons of the page. All it does can be done without it. */
(() => {
  const answers = [...document.querySelectorAll('details.answer')]
  const button = does => document.querySelector(`button[data-does="${does}"]`)
  const does = (name, action) => {
    const found = button(name)
    if (!found) return
    found.hidden = false
    found.addEventListener('click', action)
  }
  const label = () => {
    const found = button('answers')
    if (!found) return
    const shown = answers.every(answer => answer.open)
    found.children[0].hidden = shown
    found.children[1].hidden = !shown
  }
  does('print', () => window.print())
  does('answers', () => {
    const show = answers.some(answer => !answer.open)
    for (const answer of answers) answer.open = show
    label()
  })
  for (const answer of answers) answer.addEventListener('toggle', label)
  /* Browsers that cannot print what is folded have it unfolded for a moment. */
  let folded = []
  addEventListener('beforeprint', () => {
    folded = answers.filter(answer => !answer.open)
    for (const answer of folded) answer.open = true
  })
  addEventListener('afterprint', () => {
    for (const answer of folded) answer.open = false
  })
})()
