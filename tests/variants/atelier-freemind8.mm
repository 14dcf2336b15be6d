<map version="0.8.1">
<!-- To view this file, download free mind mapping software FreeMind from http://freemind.sourceforge.net -->
<node ID="Freemind_Link_0" TEXT="Bien vieillir &#224; Sauvagnac">
<node ID="Freemind_Link_1" TEXT="Se d&#233;placer">
<node ID="Freemind_Link_2" TEXT="Navette &#224; la demande le mardi">
<arrowlink DESTINATION="Freemind_Link_6" ENDARROW="Default" ID="Freemind_Arrow_Link_1" STARTARROW="None"/><hook NAME="accessories/plugins/NodeNote.properties"><text>Essay&#233;e trois mois ; les horaires ne collent pas &#224; ceux du march&#233;.</text></hook></node>
<node ID="Freemind_Link_3" TEXT="Qui conduit le minibus ?">
<icon BUILTIN="help"/></node>
<node ID="Freemind_Link_4" TEXT="Covoiturage &#171; coup de pouce &#187;" LINK="https://exemple.org/covoiturage">
</node>
</node>
<node ID="Freemind_Link_5" TEXT="Se retrouver">
<node ID="Freemind_Link_6" TEXT="Caf&#233; de l&#8217;apr&#232;s-midi au foyer">
<node ID="Freemind_Link_7" TEXT="Ouvrir aussi le samedi">
<node ID="Freemind_Link_8" TEXT="Il faudrait deux b&#233;n&#233;voles de plus">
</node>
</node>
</node>
<node ID="Freemind_Link_9" TEXT="Jardin partag&#233; &lt; 300 m&#178; &amp; accessible">
</node>
</node>
<node ID="Freemind_Link_10" TEXT="Se faire aider">
<node ID="Freemind_Link_11" TEXT="Aide aux d&#233;marches en ligne">
</node>
<node ID="Freemind_Link_12" TEXT="R&#233;pit des aidants">
</node>
</node>
</node>
</map>
