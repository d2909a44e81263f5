/** Words that streets, people and shops of a port town on no map are called by. All our own. */
const list = (words: string): readonly string[] => words.trim().split(/\s+/);

export const streetWords = list(`
Anchor Herring Lantern Compass Sailmaker Cooper Chandler Rope Tar Mast Capstan Keel Rudder Halyard Bowline Tiller Gannet
Curlew Plover Heron Kestrel Sparrow Swallow Martin Osprey Puffin Petrel Cormorant Teal Wigeon Linnet Thrush Finch Robin Wren
Alder Ash Aspen Beech Birch Cedar Chestnut Elder Elm Hawthorn Hazel Holly Juniper Larch Laurel Lime Linden Maple Oak Pine
Poplar Rowan Sorrel Spruce Sycamore Walnut Willow Yew Bramble Clover Fern Foxglove Heather Iris Ivy Jasmine Lavender Lilac
Marigold Mint Myrtle Primrose Rosemary Saffron Thistle Thyme Violet Abbey Almshouse Assembly Beacon Bell Bishop Brewery Brick
Bridewell Cannon Canon Castle Chapel Charter Cloister College Corn Custom Drapers Dyers Fountain Friars Garrison Glass Granary
Guild Hospital Knight Malt Market Mercer Mill Minster Monk Orchard Parade Pilgrim Potter Priory Pump Saddler Salt Smith Spicer
Tanner Temple Thatch Tollhouse Tower Vicarage Wallside Weaver Well Wharf Windmill Wool Barrow Brook Cliff Coombe Copse Croft Dale
Dell Down Farm Field Ford Forge Gorse Green Grange Heath Hill Hollow Hurst Knoll Lea Marsh Mead Meadow Moor Moss Paddock Park
Quarry Ridge Rise Shaw Slade Spinney Spring Stile Stone Thicket Vale Warren Water Wold Wood Adelaide Albert Alice Amelia Arthur
Augusta Beatrice Caroline Catherine Charles Charlotte Clara Clarence Duncan Edmund Edward Eleanor Ellen Emma Ernest Felix
Florence Frederick George Grace Hannah Harold Harriet Helena Henry Hugh Isabel James Jane Josephine Julia Leopold Louisa Lucy
Margaret Maria Martha Matilda Oscar Philip Ralph Richard Rosalind Rupert Sarah Sophia Stephen Theresa Thomas Victor Walter
William Winifred Abbot Admiral Baron Captain Colonel Commodore Countess Duchess Duke Earl Empress Prince Princess Regent Sovereign
Amber Copper Coral Crystal Emerald Garnet Golden Granite Iron Ivory Jade Marble Opal Pearl Ruby Sapphire Silver Slate Topaz
Barley Bracken Brindle Burnet Cinder Cobble Cockle Conch Crane Cygnet Dolphin Drake Driftwood Dunlin Eider Fulmar Grebe Gull
Kittiwake Limpet Lobster Mackerel Merlin Mussel Otter Oyster Pilot Pollock Porpoise Ram Raven Redwing Rook Sandpiper Seal Skua
Snipe Starling Sturgeon Tern Trout Turnstone Whelk Whimbrel Argyle Balmoral Belmont Berwick Carlton Clifton Denholm Elgin
Fairfax Gladstone Grosvenor Hanover Harcourt Kelso Lansdowne Lorne Melrose Montrose Nelson Osborne Pembroke Percy Portland
Raleigh Rodney Selkirk Somerset Stafford Stanhope Talbot Trafalgar Wellesley Wellington Westbourne Windsor York Zetland
Ashcroft Bellamy Carver Dunmore Everard Farrier Gilbert Hartley Ingram Jarvis Kendrick Lockwood Merrick Norcott Osgood Prescott
Quennell Rainsford Selwyn Thornbury Underhill Varley Wexcombe Yarrow Ambrose Barnaby Cuthbert Dorothea Esther Fletcher Gideon
Horatio Isolde Jerome Kitty Lambert Magnus Nathaniel Ottilie Penelope Quentin Rowena Silvester Tabitha Ursula Valentine Wilfred
`);

export const villageWords = list(`
Ashcombe Barnwick Cold-Harbour Dunscliffe Eastry Fenwick Garrowby Hollinside Ilmer Kestleton Langmere Morcott Netherby Overstone
Penhallow Ravensey Saltmarsh Thornwick Uppercross Wickmere Yarnscombe Brackenholme Chidlow Driffold
`).map((word) => word.replace("-", " "));

export const districtWords = {
  "old town": ["Old Town"],
  harbour: ["Docks", "Saltings"],
  inner: ["St Brannock", "Northgate", "Ropewalk", "Westgate", "Chapel Hill", "Mill Bank", "Castle Green", "Eastside"],
  suburb: [
    "Ashfield",
    "Beacon Hill",
    "Coldwell",
    "Drakes Park",
    "Elmhurst",
    "Furze Hill",
    "Gorse End",
    "Highmoor",
    "Larkrise",
    "Marsh End",
    "Northcote",
    "Priory Park",
    "Ridgeway",
    "Sandhills",
  ],
} as const;

export const suffixes = {
  lanes: ["Lane", "Row", "Street", "Gate", "Lane", "Street", "Wynd"],
  town: ["Street", "Street", "Street", "Terrace", "Place", "Road"],
  suburb: ["Road", "Drive", "Avenue", "Crescent", "Grove", "Way", "Gardens"],
  closes: ["Close", "Court", "Mews", "Close"],
  collectors: ["Road", "Avenue", "Street"],
  country: ["Lane", "Lane", "Lane", "Road", "Drove", "Hill"],
  harbour: ["Wharf", "Dock Road", "Yard", "Way"],
} as const;

export const surnames = list(`
Abbott Barker Bellweather Bramley Calloway Chisholm Cobbett Dawlish Drummond Ellery Fairweather Fennimore Gascoyne Goodwin Hale
Harker Hobday Jessop Kellaway Kettle Lidgate Loveday Marlow Merriman Mortlake Nancarrow Oakes Pascoe Penrose Pilchard Quick
Rackham Rosewarne Sallow Selby Skipper Tallow Tregear Trelawny Udall Venner Wadham Whitlock Woolcombe Yeo
`);

/** What is sold, by OpenStreetMap tag: how often, and what such a shop is called (`*` is a surname). */
export const trades: readonly {
  readonly tags: Record<string, string>;
  readonly often: number;
  readonly names: readonly string[];
}[] = [
  {
    tags: { amenity: "restaurant", cuisine: "seafood" },
    often: 6,
    names: ["The Crab Pot", "*'s Fish House", "The Salt Cellar", "The Drowned Bell"],
  },
  {
    tags: { amenity: "restaurant", cuisine: "italian" },
    often: 5,
    names: ["Trattoria del Molo", "Osteria Bella Vista", "*'s Kitchen"],
  },
  {
    tags: { amenity: "restaurant", cuisine: "indian" },
    often: 4,
    names: ["Spice Quay", "The Cardamom Room", "Saffron & *"],
  },
  {
    tags: { amenity: "restaurant", cuisine: "chinese" },
    often: 4,
    names: ["Jade Harbour", "Lucky Lantern", "Nine Dragons"],
  },
  {
    tags: { amenity: "fast_food", cuisine: "fish_and_chips" },
    often: 6,
    names: ["*'s Fish & Chips", "The Golden Fry", "Harbour Chippy"],
  },
  {
    tags: { amenity: "fast_food", cuisine: "pizza" },
    often: 6,
    names: ["Pizza Porto", "Slice of Millport", "*'s Pizza"],
  },
  { tags: { amenity: "fast_food", cuisine: "burger" }, often: 4, names: ["Bun & Anchor", "Dockside Burgers"] },
  { tags: { amenity: "cafe" }, often: 8, names: ["Café *", "The Kettle's On", "Tideline Coffee", "Bean & Barnacle"] },
  {
    tags: { amenity: "pub" },
    often: 6,
    names: ["The Jolly Herring", "The Ship & Star", "The * Arms", "The Lame Gull"],
  },
  { tags: { shop: "bakery" }, often: 8, names: ["*'s Bakery", "The Crusty Loaf", "Millstone Bakery"] },
  { tags: { shop: "supermarket" }, often: 5, names: ["Freshway", "Harbour Foods", "Corner & Co"] },
  { tags: { shop: "convenience" }, often: 9, names: ["* Stores", "Quick Stop", "Late Bell"] },
  { tags: { amenity: "pharmacy" }, often: 5, names: ["* Pharmacy", "Mortar Pharmacy", "Seaview Pharmacy"] },
  { tags: { shop: "florist" }, often: 3, names: ["*'s Flowers", "Petal & Stem"] },
  { tags: { shop: "books" }, often: 3, names: ["* Books", "The Dog-Eared Page"] },
  { tags: { shop: "clothes" }, often: 6, names: ["* & Daughters", "Oilskin & Wool", "The Fitting Room"] },
  { tags: { shop: "electronics" }, often: 3, names: ["* Electrical", "Volt"] },
  { tags: { shop: "hardware" }, often: 3, names: ["* Ironmongers", "Nuts & Bolts"] },
  { tags: { shop: "butcher" }, often: 3, names: ["* & Sons Butchers", "The Block"] },
  { tags: { shop: "greengrocer" }, often: 3, names: ["*'s Greens", "The Apple Cart"] },
  { tags: { shop: "bicycle" }, often: 2, names: ["* Cycles", "Spoke"] },
];
