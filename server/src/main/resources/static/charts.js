// Draws each plot of the page with Chart.js, and those that come later. A plot's JSON names segments;
// colour, shape and dash of a segment come from here and the style sheet, and again when the theme
// changes.
const shapes = ["rect", "circle", "rectRot", "triangle", "cross", "star"];
const dashes = [[2, 4], [], [7, 4], [1, 3], [10, 3, 2, 3], [4, 2]];
const charts = [];

// a custom property returns light-dark(…) as it is written; the colour of an element is resolved
function colours() {
  const probe = document.createElement("span");
  probe.hidden = true;
  document.body.append(probe);
  const resolved = {};
  for (const name of ["s0", "s1", "s2", "s3", "s4", "s5", "ink", "muted", "line", "surface"]) {
    probe.style.color = `var(--${name})`;
    resolved[name] = getComputedStyle(probe).color;
  }
  probe.remove();
  return resolved;
}

const number = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
const isDay = (label) => /^\d{4}-\d\d-\d\d$/.test(label);

function index(segment) {
  return segment.startsWith("test") ? Number(segment.slice(4)) % shapes.length : 0;
}

// A colour as it is resolved, with some of what lies behind it.
function faint(colour, share) {
  const parts = colour.match(/^rgb\((.+)\)$/);
  return parts ? `rgba(${parts[1]}, ${share})` : colour;
}

// No line reaches it.
function lonely({ dataset, dataIndex }) {
  return dataset.data[dataIndex - 1] == null && dataset.data[dataIndex + 1] == null;
}

// Among many points only those are marked that no line reaches.
function radius(point) {
  return point.dataset.data.length > 40 && !lonely(point) ? 0 : 3.5;
}

function styled(dataset, type, colour, edge) {
  const segment = index(dataset.segment);
  const own = colour["s" + segment];
  const kind = dataset.type || type;
  if (kind === "bar") {
    return { ...dataset, backgroundColor: own, borderRadius: 2, maxBarThickness: 38, order: 1 };
  }
  if (edge) {
    return {
      ...dataset,
      borderColor: faint(own, 0.55),
      backgroundColor: faint(own, 0.16),
      borderWidth: 1,
      pointRadius: (point) => (lonely(point) ? 9 : radius(point) ? 2 : 0),
      pointBorderWidth: (point) => (lonely(point) ? 2.5 : 1),
      pointStyle: "line",
    };
  }
  return {
    ...dataset,
    borderColor: own,
    backgroundColor: own,
    borderWidth: type === "bar" ? 1.5 : 2.25,
    borderDash: type === "bar" ? [4, 3] : dashes[segment],
    pointStyle: shapes[segment],
    pointRadius:
      dataset.showLine === false ? 4 : type === "bar" ? (point) => (point.dataset.data.length > 1 ? 0 : 4) : radius,
    tension: 0,
  };
}

// the axis that values stand on
function values(given, colour) {
  const percent = (given.title?.text || "").startsWith("%");
  return {
    ...given,
    title: { display: false },
    border: { display: false },
    grid: { color: colour.line, drawTicks: false },
    ticks: {
      color: colour.muted,
      maxTicksLimit: 6,
      padding: 8,
      callback: (value) => number.format(value) + (percent ? " %" : ""),
    },
  };
}

// the axis of days or names
function names(given, colour, plot) {
  return {
    ...given,
    offset: plot.type === "bar" || plot.data.labels.length < 2,
    border: { color: colour.line },
    grid: { display: false },
    ticks: { color: colour.muted, maxRotation: 0, autoSkipPadding: 16 },
  };
}

function draw(canvas) {
  const plot = JSON.parse(document.getElementById(canvas.dataset.plot).textContent);
  const colour = colours();
  const across = plot.options?.indexAxis === "y";
  const scales = plot.options?.scales || {};
  Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  Chart.defaults.font.size = 12;
  return new Chart(canvas, {
    type: plot.type,
    data: {
      labels: plot.data.labels.map((label) => (isDay(label) ? day.format(new Date(label)) : label)),
      datasets: plot.data.datasets.map((dataset, i, all) =>
        styled(dataset, plot.type, colour, dataset.fill === "-1" || all[i + 1]?.fill === "-1"),
      ),
    },
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      indexAxis: across ? "y" : "x",
      interaction: { mode: "index", axis: across ? "y" : "x", intersect: false },
      plugins: { legend: { display: false }, title: { display: false } },
      scales: across
        ? { x: values(scales.x || {}, colour), y: names(scales.y || {}, colour, plot) }
        : { x: names(scales.x || {}, colour, plot), y: values(scales.y || {}, colour) },
    },
  });
}

function drawAll() {
  while (charts.length) charts.pop().destroy();
  for (const canvas of document.querySelectorAll("canvas[data-plot]")) {
    canvas.parentElement.hidden = false;
    charts.push(draw(canvas));
  }
}

drawAll();
document.addEventListener("htmx:afterSwap", drawAll);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", drawAll);
