// textarea[data-count=ID] says at once in #ID how many SMS its text comes to. The server counts the same way (segments.py) and has the last word.
(() => {
  const BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
  const ESCAPED = "\f^{}\\[~]|€";

  const measure = (text) => {
    const characters = [...text];
    const isGsm = characters.every((one) => BASIC.includes(one) || ESCAPED.includes(one));
    const [alone, each] = isGsm ? [160, 153] : [70, 67];
    const sizes = characters.map((one) => (isGsm ? 1 + ESCAPED.includes(one) : one.length));
    const units = sizes.reduce((sum, size) => sum + size, 0);
    if (units <= alone) return { units, segments: units ? 1 : 0, left: alone - units };
    let segments = 1;
    let filled = 0;
    for (const size of sizes) {
      if (filled + size > each) {
        segments += 1;
        filled = 0;
      }
      filled += size;
    }
    return { units, segments, left: each - filled };
  };

  document.addEventListener("input", ({ target }) => {
    const told = target.dataset?.count && document.getElementById(target.dataset.count);
    if (!told) return;
    const counted = measure(target.value);
    told.textContent = told.dataset.words.replace(/{(\w+)}/g, (_all, name) => counted[name]);
  });
})();
