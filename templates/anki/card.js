"use strict";
// Mixes choices anew every day, keeps what was tapped until the card is turned, and says how it went.
// Without scripts the card shows the same, in the author's order. No two braces may touch: Anki reads them.
window.packc = function () {
  // The page does not outlive the turn of a card on every client; the session's storage does.
  function load(seed) {
    try {
      return JSON.parse(sessionStorage.getItem("packc:" + seed));
    } catch (error) {
      return null;
    }
  }

  function save(seed, state) {
    try {
      sessionStorage.setItem("packc:" + seed, JSON.stringify(state));
    } catch (error) {
      // The card works without a storage; only what was tapped is forgotten.
    }
  }

  // FNV-1a, then mulberry32: the same numbers on both sides from the same seed.
  function random(seed) {
    let state = 2166136261;
    for (const letter of seed) {
      state = Math.imul(state ^ letter.codePointAt(0), 16777619);
    }
    return () => {
      state = (state + 1831565813) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }

  // First and last ones go to the ends, fixed ones keep their number, the others are mixed.
  function order(items, seed) {
    const next = random(seed);
    const pinned = (pin) => items.filter((item) => item.dataset.pin === pin);
    const free = items.filter((item) => !item.dataset.pin);
    for (let last = free.length - 1; last > 0; last--) {
      const other = Math.floor(next() * (last + 1));
      [free[last], free[other]] = [free[other], free[last]];
    }
    const mixed = pinned("first").concat(free, pinned("last"));
    pinned("fixed").forEach((item) => mixed.splice(items.indexOf(item), 0, item));
    return mixed;
  }

  function today() {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].join("-");
  }

  function show(item, picked, several) {
    item.classList.toggle("pk-picked", picked);
    item.setAttribute("role", several ? "checkbox" : "radio");
    item.setAttribute("aria-checked", String(picked));
  }

  function offer(items, several, state, seed) {
    items.forEach((item, number) => {
      show(item, false, several);
      item.classList.add("tappable"); // AnkiDroid leaves a tap on such an element to the page
      item.onclick = (event) => {
        if (event.target.closest("a")) {
          return;
        }
        const others = several ? state.picked.filter((each) => each !== number) : [];
        state.picked = state.picked.includes(number) ? others : others.concat(number);
        save(seed, state);
        items.forEach((each, index) => show(each, state.picked.includes(index), several));
      };
    });
  }

  function judge(list, items, picked) {
    if (!picked.length) {
      return;
    }
    const wrong = items.some((item, number) => picked.includes(number) !== item.classList.contains("pk-right"));
    const went = wrong ? "wrong" : "right";
    picked.forEach((number) => {
      items[number].classList.add("pk-picked");
      items[number].querySelector(".pk-yours").hidden = false;
    });
    list.parentNode.querySelector(".pk-result.pk-" + went).hidden = false;
    list.closest(".pk-card").classList.add("pk-went-" + went);
  }

  document.querySelectorAll("[data-seed]:not([data-done])").forEach((found) => {
    found.dataset.done = "yes";
    const list = found.matches("ol") ? found : found.querySelector("ol, ul");
    const items = Array.from(list.children);
    const seed = found.dataset.seed;
    const answers = list.classList.contains("pk-answers");
    const turned = answers || found.closest(".pk-marked");
    const state = (turned && load(seed)) || { day: today(), picked: [] };
    if (found.dataset.order !== "kept") {
      order(items, seed + state.day).forEach((item) => list.appendChild(item));
    }
    if (answers) {
      judge(list, items, state.picked);
    } else if (!turned) {
      save(seed, state);
      if (found.dataset.pick) {
        offer(items, found.dataset.pick === "several", state, seed);
      }
    }
  });
};
packc();
