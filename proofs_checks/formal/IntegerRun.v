(* The run in integers over one denominator, as proofs_checks/system.py computes it, and why it is the run. *)
From Exactdyn Require Export Consensus.
Import ListNotations.
Open Scope Q_scope.

Definition vec (l : list Q) : vector := fun r => nth r l 0.

Notation zi := inject_Z.
Definition zentry (m : list (list Z)) (i j : nat) : Z := nth j (nth i m []) 0%Z.

(* -- lists -- *)
Lemma nth_map {X Y} (f : X -> Y) l i dx dy : (i < length l)%nat -> nth i (map f l) dy = f (nth i l dx).
Proof.
  intros H. rewrite (nth_indep _ dy (f dx)) by (rewrite map_length; assumption). apply map_nth.
Qed.

Fixpoint zdot (x y : list Z) : Z :=
  match x, y with a :: x', b :: y' => (a * b + zdot x' y')%Z | _, _ => 0%Z end.
Lemma zdot_sum x : forall y m, length x = m -> length y = m ->
  zi (zdot x y) == sum m (fun r => zi (nth r x 0%Z) * zi (nth r y 0%Z)).
Proof.
  induction x as [|a x IH]; intros y m Hx Hy; destruct y as [|b y]; simpl in Hx, Hy; subst m; try discriminate; [reflexivity|].
  rewrite sum_first. simpl. rewrite inject_Z_plus, inject_Z_mult. rewrite <- (IH y (length x)) by lia. reflexivity.
Qed.

Definition zmax (row : list Z) : Z := match row with [] => 0%Z | a :: t => fold_right Z.max a t end.
Lemma fold_max_ge a t x : In x (a :: t) -> (x <= fold_right Z.max a t)%Z.
Proof.
  intros H. induction t as [|b t IH]; simpl in *.
  - destruct H as [->|[]]. lia.
  - destruct H as [->|[->|H]]; [specialize (IH (or_introl eq_refl)); lia|lia|specialize (IH (or_intror H)); lia].
Qed.
Lemma fold_max_in a t : In (fold_right Z.max a t) (a :: t).
Proof.
  induction t as [|b t IH]; simpl; [auto|]. destruct (Z.max_spec b (fold_right Z.max a t)) as [[_ ->]|[_ ->]]; [|auto].
  destruct IH as [IH|IH]; auto.
Qed.
Lemma zmax_spec row x : In x row -> ((zmax row =? x)%Z = true <-> forall y, In y row -> (y <= x)%Z).
Proof.
  destruct row as [|a t]; intros Hx; [destruct Hx|]. unfold zmax. rewrite Z.eqb_eq. split.
  - intros <- y Hy. apply fold_max_ge, Hy.
  - intros H. apply Z.le_antisymm; [apply H, fold_max_in|apply fold_max_ge, Hx].
Qed.

(* -- one state -- *)
Record represents (s : system) (num : list (list Z)) (den : Z) (Y : state) : Prop := {
  rep_n : length num = size s;
  rep_d : forall i, (i < size s)%nat -> length (nth i num []) = dim s;
  rep_den : (0 < den)%Z;
  rep_val : forall i r, (i < size s)%nat -> (r < dim s)%nat -> zi (zentry num i r) == Y i r * zi den }.
Record represents_matrix (s : system) (zA : list (list Z)) (sc : Z) : Prop := {
  repA_d : length zA = dim s;
  repA_row : forall i, (i < dim s)%nat -> length (nth i zA []) = dim s;
  repA_sc : (0 < sc)%Z;
  repA_val : forall i j, (i < dim s)%nat -> (j < dim s)%nat -> zi (zentry zA i j) == A s i j * zi sc }.

Definition zscores (zA num : list (list Z)) : list (list Z) :=
  map (fun x => let dir := map (fun row => zdot row x) zA in map (zdot dir) num) num.

Lemma zscores_val s zA sc num den Y i j : represents_matrix s zA sc -> represents s num den Y -> (i < size s)%nat -> (j < size s)%nat ->
  zi (zentry (zscores zA num) i j) == form s (Y i) (Y j) * (zi sc * zi den * zi den).
Proof.
  intros [HAd HAr HAs HAv] [Hn Hd Hden Hv] Hi Hj. unfold zentry, zscores.
  rewrite (nth_map _ num i [] []) by lia. cbv zeta.
  rewrite (nth_map _ num j [] 0%Z) by lia.
  rewrite (zdot_sum _ _ (dim s)) by (rewrite ?map_length; auto).
  unfold form, image, dot. rewrite <- sum_scal_r. apply sum_ext. intros r Hr.
  rewrite (nth_map _ zA r [] 0%Z) by lia.
  rewrite (zdot_sum _ _ (dim s)) by auto.
  fold (zentry num j r). rewrite (Hv j r Hj Hr).
  setoid_replace (sum (dim s) (fun r0 => A s r r0 * Y i r0) * Y j r * (zi sc * zi den * zi den)) with
    (sum (dim s) (fun r0 => A s r r0 * Y i r0) * (zi sc * zi den) * (Y j r * zi den)) by ring.
  apply Qmult_comp; [|reflexivity]. rewrite <- sum_scal_r. apply sum_ext. intros t Ht.
  fold (zentry zA r t). fold (zentry num i t). rewrite (HAv r t Hr Ht), (Hv i t Hi Ht). ring.
Qed.

Definition zattended (scores : list (list Z)) : list (list bool) :=
  map (fun row => let m := zmax row in map (Z.eqb m) row) scores.

Lemma zi_le a b : zi a <= zi b <-> (a <= b)%Z.
Proof. rewrite Zle_Qle. reflexivity. Qed.
Lemma zi_pos a : (0 < a)%Z -> 0 < zi a.
Proof. intros H. change 0 with (zi 0). rewrite <- Zlt_Qlt. exact H. Qed.

Lemma zattended_val s zA sc num den Y i j : represents_matrix s zA sc -> represents s num den Y -> (i < size s)%nat -> (j < size s)%nat ->
  nth j (nth i (zattended (zscores zA num)) []) false = attends_b s Y i j.
Proof.
  intros HA HY Hi Hj. pose proof (rep_n _ _ _ _ HY) as Hn.
  assert (Hl : length (zscores zA num) = size s) by (unfold zscores; rewrite map_length; assumption).
  assert (Hrow : length (nth i (zscores zA num) []) = size s).
  { unfold zscores. rewrite (nth_map _ num i [] []) by lia. cbv zeta. rewrite map_length. assumption. }
  unfold zattended. rewrite (nth_map _ _ i [] []) by lia. cbv zeta.
  rewrite (nth_map _ _ j 0%Z false) by lia.
  apply eq_true_iff_eq. rewrite zmax_spec by (apply nth_In; lia). rewrite attends_spec by assumption.
  assert (Hpos : 0 < zi sc * zi den * zi den).
  { pose proof (zi_pos _ (repA_sc _ _ _ HA)). pose proof (zi_pos _ (rep_den _ _ _ _ HY)).
    repeat apply Qmult_lt_0_compat; assumption. }
  split.
  - intros H. split; [assumption|]. intros l Hl'.
    assert (K : (zentry (zscores zA num) i l <= zentry (zscores zA num) i j)%Z) by (apply H, nth_In; lia).
    apply zi_le in K. rewrite !(zscores_val s zA sc num den Y) in K by assumption.
    apply Qmult_le_r in K; assumption.
  - intros [_ H] y Hy. apply (In_nth _ _ 0%Z) in Hy. destruct Hy as [l [Hl' <-]].
    apply zi_le. fold (zentry (zscores zA num) i l). fold (zentry (zscores zA num) i j).
    rewrite !(zscores_val s zA sc num den Y) by (try assumption; lia).
    apply Qmult_le_compat_r; [apply H; lia|lra].
Qed.

(* -- the step -- *)
Fixpoint zadd (x y : list Z) : list Z :=
  match x, y with a :: x', b :: y' => (a + b)%Z :: zadd x' y' | _, _ => [] end.
Lemma zadd_length x : forall y, length x = length y -> length (zadd x y) = length x.
Proof. induction x; intros [|b y] H; simpl in *; auto. Qed.
Lemma zadd_nth x : forall y r, length x = length y -> nth r (zadd x y) 0%Z = (nth r x 0 + nth r y 0)%Z.
Proof. induction x; intros [|b y] [|r] H; simpl in *; try discriminate; auto. Qed.

Fixpoint zsums (dm : nat) (own : list bool) (pts : list (list Z)) : list Z :=
  match own, pts with
  | o :: own', x :: pts' => if o then zadd x (zsums dm own' pts') else zsums dm own' pts'
  | _, _ => repeat 0%Z dm
  end.
Lemma zsums_length dm own : forall pts, (forall x, In x pts -> length x = dm) -> length (zsums dm own pts) = dm.
Proof.
  induction own as [|o own IH]; intros pts H; simpl; [apply repeat_length|].
  destruct pts as [|x pts]; [apply repeat_length|].
  assert (E : length (zsums dm own pts) = dm) by (apply IH; intros; apply H; simpl; auto).
  destruct o; [|assumption]. rewrite zadd_length; [apply H; simpl; auto|]. rewrite E. apply H. simpl; auto.
Qed.
Lemma zsums_val dm own : forall pts r, (forall x, In x pts -> length x = dm) -> length own = length pts ->
  zi (nth r (zsums dm own pts) 0%Z) ==
  sum (length pts) (fun j => if nth j own false then zi (nth r (nth j pts []) 0%Z) else 0).
Proof.
  induction own as [|o own IH]; intros pts r H Hl; destruct pts as [|x pts]; simpl in Hl; try discriminate.
  - simpl. rewrite nth_repeat. reflexivity.
  - cbn [length]. rewrite sum_first. cbn [nth zsums].
    assert (Hp : forall x0, In x0 pts -> length x0 = dm) by (intros; apply H; simpl; auto).
    assert (IH' := IH pts r Hp ltac:(lia)). rewrite <- IH'. destruct o; [|ring].
    rewrite zadd_nth, inject_Z_plus; [reflexivity|]. rewrite zsums_length by assumption. apply H; simpl; auto.
Qed.

Definition zcount (own : list bool) : Z := fold_right (fun (b : bool) n => if b then (n + 1)%Z else n) 0%Z own.
Lemma zcount_val own : zi (zcount own) == sum (length own) (fun j => if nth j own false then 1 else 0).
Proof.
  induction own as [|o own IH]; [reflexivity|]. cbn [length]. rewrite sum_first. cbn [nth]. rewrite <- IH.
  simpl. destruct o; [rewrite inject_Z_plus|]; ring.
Qed.
Definition zlcm (l : list Z) : Z := fold_right Z.lcm 1%Z l.
Lemma zlcm_pos l : (forall x, In x l -> (0 < x)%Z) -> (0 < zlcm l)%Z.
Proof.
  induction l as [|a l IH]; simpl; intros H; [lia|].
  assert (0 < zlcm l)%Z by (apply IH; auto). assert (0 < a)%Z by (apply H; auto).
  pose proof (Z.lcm_nonneg a (zlcm l)). assert (Z.lcm a (zlcm l) <> 0)%Z; [|unfold zlcm in *; lia].
  intros E. apply Z.lcm_eq_0 in E. lia.
Qed.
Lemma zlcm_divide l x : In x l -> (x | zlcm l)%Z.
Proof.
  induction l as [|a l IH]; simpl; intros H; [destruct H|]. destruct H as [->|H]; [apply Z.divide_lcm_l|].
  apply Z.divide_trans with (zlcm l); [auto|apply Z.divide_lcm_r].
Qed.
Definition zgcd (l : list Z) : Z := fold_right Z.gcd 0%Z l.
Lemma zgcd_divide l x : In x l -> (zgcd l | x)%Z.
Proof.
  induction l as [|a l IH]; simpl; intros H; [destruct H|]. destruct H as [->|H]; [apply Z.gcd_divide_l|].
  apply Z.divide_trans with (zgcd l); [apply Z.gcd_divide_r|auto].
Qed.

Fixpoint zcomb (a b : Z) (x y : list Z) : list Z :=
  match x, y with u :: x', v :: y' => (a * u + b * v)%Z :: zcomb a b x' y' | _, _ => [] end.
Lemma zcomb_length a b x : forall y, length x = length y -> length (zcomb a b x y) = length x.
Proof. induction x; intros [|v y] H; simpl in *; auto. Qed.
Lemma zcomb_nth a b x : forall y r, length x = length y -> nth r (zcomb a b x y) 0%Z = (a * nth r x 0 + b * nth r y 0)%Z.
Proof. induction x; intros [|v y] [|r] H; simpl in *; try discriminate; auto; lia. Qed.

Fixpoint zmoves (dm : nat) (tn td : Z) (m : Z) (pts : list (list Z)) (xs : list (list Z)) (owns : list (list bool)) :=
  match xs, owns with
  | x :: xs', own :: owns' =>
      zcomb ((td - tn) * m)%Z (tn * (m / zcount own))%Z x (zsums dm own pts) :: zmoves dm tn td m pts xs' owns'
  | _, _ => []
  end.
Definition zreduce (num : list (list Z)) (den : Z) : list (list Z) * Z :=
  let g := zgcd (den :: concat num) in (map (map (fun x => x / g)%Z) num, (den / g)%Z).
Definition zstep (dm : nat) (t : Q) (num : list (list Z)) (den : Z) (owns : list (list bool)) : list (list Z) * Z :=
  let m := zlcm (map zcount owns) in
  zreduce (zmoves dm (Qnum t) (Zpos (Qden t)) m num num owns) (den * Zpos (Qden t) * m)%Z.

Lemma zmoves_nth dm tn td m pts xs : forall owns i, length xs = length owns -> (i < length xs)%nat ->
  nth i (zmoves dm tn td m pts xs owns) [] =
  zcomb ((td - tn) * m)%Z (tn * (m / zcount (nth i owns [])))%Z (nth i xs []) (zsums dm (nth i owns []) pts).
Proof.
  induction xs as [|x xs IH]; intros [|o owns] i H Hi; simpl in *; try lia. destruct i as [|i]; [reflexivity|].
  apply IH; lia.
Qed.
Lemma zmoves_length dm tn td m pts xs : forall owns, length xs = length owns -> length (zmoves dm tn td m pts xs owns) = length xs.
Proof. induction xs; intros [|o owns] H; simpl in *; auto. Qed.

Lemma zreduce_rep s num den Y : represents s num den Y ->
  represents s (fst (zreduce num den)) (snd (zreduce num den)) Y.
Proof.
  intros [Hn Hd Hden Hv]. unfold zreduce. cbv zeta. cbn [fst snd].
  set (g := zgcd (den :: concat num)).
  assert (Hg : (g | den)%Z) by (apply zgcd_divide; simpl; auto).
  assert (Hg0 : (0 < g)%Z).
  { assert (g <> 0)%Z by (intros E; rewrite E in Hg; destruct Hg as [q Hq]; lia).
    assert (0 <= g)%Z by (unfold g; simpl; apply Z.gcd_nonneg). lia. }
  destruct Hg as [q Hq].
  split.
  - rewrite map_length. assumption.
  - intros i Hi. rewrite (nth_map _ num i [] []) by lia. rewrite map_length. auto.
  - rewrite Hq, Z.div_mul by lia. nia.
  - intros i r Hi Hr. unfold zentry. rewrite (nth_map _ num i [] []) by lia.
    rewrite (nth_map _ _ r 0%Z 0%Z) by (rewrite Hd; assumption).
    assert (Hx : (g | nth r (nth i num []) 0)%Z).
    { apply zgcd_divide. right. apply in_concat. exists (nth i num []). split; apply nth_In; rewrite ?Hd; lia. }
    destruct Hx as [x Hx]. specialize (Hv i r Hi Hr). unfold zentry in Hv. rewrite Hx, Hq in Hv.
    cbv beta. rewrite Hx, Hq, !Z.div_mul by lia. rewrite !inject_Z_mult in Hv.
    pose proof (zi_pos g Hg0). rewrite Qmult_assoc in Hv. apply Qmult_inj_r in Hv; [assumption|lra].
Qed.

Lemma zstep_rep s num den Y owns t : represents s num den Y -> t == tau s ->
  length owns = size s -> (forall i, (i < size s)%nat -> length (nth i owns []) = size s) ->
  (forall i j, (i < size s)%nat -> (j < size s)%nat -> nth j (nth i owns []) false = attends_b s Y i j) ->
  represents s (fst (zstep (dim s) t num den owns)) (snd (zstep (dim s) t num den owns)) (step s Y).
Proof.
  intros HY Ht Ho Hol Hov. pose proof HY as [Hn Hd Hden Hv]. unfold zstep. cbv zeta. apply zreduce_rep.
  set (m := zlcm (map zcount owns)).
  assert (Hcount : forall i, (i < size s)%nat -> zi (zcount (nth i owns [])) == number s Y i).
  { intros i Hi. rewrite zcount_val, (Hol i Hi). apply sum_ext. intros j Hj. rewrite (Hov i j Hi Hj). reflexivity. }
  assert (Hcp : forall i, (i < size s)%nat -> (0 < zcount (nth i owns []))%Z).
  { intros i Hi. pose proof (number_pos s Y i Hi) as P. rewrite <- (Hcount i Hi) in P.
    change 0 with (zi 0) in P. rewrite <- Zlt_Qlt in P. exact P. }
  assert (Hm : (0 < m)%Z).
  { apply zlcm_pos. intros x Hx. apply in_map_iff in Hx. destruct Hx as [o [<- Hin]].
    apply (In_nth _ _ []) in Hin. destruct Hin as [i [Hi <-]]. apply Hcp. lia. }
  assert (Hrows : forall x, In x num -> length x = dim s).
  { intros x Hx. apply (In_nth _ _ []) in Hx. destruct Hx as [i [Hi <-]]. apply Hd. lia. }
  split.
  - rewrite zmoves_length by lia. assumption.
  - intros i Hi. rewrite zmoves_nth by lia. rewrite zcomb_length; [auto|]. rewrite zsums_length by assumption. auto.
  - pose proof (Pos2Z.is_pos (Qden t)). nia.
  - intros i r Hi Hr. unfold zentry. rewrite zmoves_nth by lia.
    rewrite zcomb_nth by (rewrite zsums_length by assumption; auto).
    rewrite inject_Z_plus, !inject_Z_mult. fold (zentry num i r). rewrite (Hv i r Hi Hr).
    rewrite zsums_val by (rewrite ?Hol; auto; lia). rewrite Hn.
    rewrite (sum_ext (size s) _ (fun j => (if attends_b s Y i j then Y j r else 0) * zi den)).
    2:{ intros j Hj. rewrite (Hov i j Hi Hj). destruct (attends_b s Y i j); [|ring]. apply (Hv j r Hj Hr). }
    rewrite sum_scal_r.
    unfold step, attended. rewrite <- Ht.
    set (S := sum (size s) (fun j => if attends_b s Y i j then Y j r else 0)).
    pose proof (number_pos s Y i Hi) as P.
    destruct (zlcm_divide (map zcount owns) (zcount (nth i owns []))) as [q Hq].
    { apply in_map, nth_In. lia. }
    fold m in Hq. rewrite Hq at 2. rewrite Z.div_mul by (specialize (Hcp i Hi); lia).
    assert (Em : zi m == zi q * number s Y i) by (rewrite Hq, inject_Z_mult, (Hcount i Hi); reflexivity).
    rewrite Em.
    assert (Et : t == zi (Qnum t) / zi (Zpos (Qden t))).
    { destruct t as [a b]. unfold Qdiv, Qmult, Qinv, Qeq; simpl. lia. }
    assert (Pd : 0 < zi (Zpos (Qden t))) by (apply zi_pos, Pos2Z.is_pos).
    assert (Emin : zi (Zpos (Qden t) - Qnum t) == zi (Zpos (Qden t)) - zi (Qnum t)).
    { unfold Z.sub. rewrite inject_Z_plus, inject_Z_opp. reflexivity. }
    rewrite Emin. 
    set (td := zi (Zpos (Qden t))) in *. set (tn := zi (Qnum t)) in *. clearbody td tn.
    rewrite Et. field. split; lra.
Qed.

(* -- scaling a matrix of rationals -- *)
Definition zden (m : list (list Q)) : Z := zlcm (map (fun q => Zpos (Qden q)) (concat m)).
Definition zscale (c : Z) (q : Q) : Z := (Qnum q * (c / Zpos (Qden q)))%Z.
Lemma zden_pos m : (0 < zden m)%Z.
Proof. apply zlcm_pos. intros x Hx. apply in_map_iff in Hx. destruct Hx as [q [<- _]]. apply Pos2Z.is_pos. Qed.
Lemma zscale_val m q : In q (concat m) -> zi (zscale (zden m) q) == q * zi (zden m).
Proof.
  intros H. unfold zscale. destruct (zlcm_divide (map (fun q => Zpos (Qden q)) (concat m)) (Zpos (Qden q))) as [c Hc].
  - apply in_map_iff. exists q. auto.
  - fold (zden m) in Hc. rewrite Hc, Z.div_mul by lia. rewrite !inject_Z_mult.
    destruct q as [a b]. unfold Qeq, Qmult, inject_Z. simpl. lia.
Qed.

Definition rect (m : list (list Q)) (c : nat) : bool := forallb (fun row => Nat.eqb (length row) c) m.
Lemma rect_row m c i : rect m c = true -> (i < length m)%nat -> length (nth i m []) = c.
Proof.
  intros H Hi. unfold rect in H. rewrite forallb_forall in H. apply Nat.eqb_eq, H, nth_In, Hi.
Qed.
Lemma in_concat_nth (m : list (list Q)) i j c : rect m c = true -> (i < length m)%nat -> (j < c)%nat -> In (entry m i j) (concat m).
Proof.
  intros H Hi Hj. apply in_concat. exists (nth i m []). pose proof (rect_row m c i H Hi).
  split; apply nth_In; lia.
Qed.

Definition wellformed (s : listed) : bool :=
  rect (listed_A s) (length (listed_A s)) && rect (listed_tokens s) (length (listed_A s)) && negb (Qeq_bool (listed_alpha s) (-1))
  && negb (Nat.eqb (length (listed_A s)) 0) && negb (Nat.eqb (length (listed_tokens s)) 0).

(* -- the run -- *)
Record layer := { l_num : list (list Z); l_den : Z; l_att : list (list bool) }.
Definition make_layer (zA num : list (list Z)) (den : Z) : layer :=
  {| l_num := num; l_den := den; l_att := zattended (zscores zA num) |}.
Fixpoint build_from (dm : nat) (t : Q) (zA : list (list Z)) (l : layer) (k : nat) : list layer :=
  l :: match k with
       | O => []
       | S k' => let (num, den) := zstep dm t (l_num l) (l_den l) (l_att l) in
                 build_from dm t zA (make_layer zA num den) k'
       end.
Definition zmatrix (m : list (list Q)) : list (list Z) := let c := zden m in map (map (zscale c)) m.
Definition tau_of (s : listed) : Q := Qred (listed_alpha s / (1 + listed_alpha s)).
Definition build (s : listed) (k : nat) : list layer :=
  let zA := zmatrix (listed_A s) in
  build_from (length (listed_A s)) (tau_of s) zA (make_layer zA (zmatrix (listed_tokens s)) (zden (listed_tokens s))) k.

Record good (s : system) (l : layer) (k : nat) : Prop := {
  good_rep : represents s (l_num l) (l_den l) (run s k);
  good_n : length (l_att l) = size s;
  good_row : forall i, (i < size s)%nat -> length (nth i (l_att l) []) = size s;
  good_att : forall i j, (i < size s)%nat -> (j < size s)%nat -> nth j (nth i (l_att l) []) false = attends_b s (run s k) i j }.

Lemma make_good s zA sc num den k : represents_matrix s zA sc -> represents s num den (run s k) -> good s (make_layer zA num den) k.
Proof.
  intros HA HY. pose proof (rep_n _ _ _ _ HY) as Hn. split; simpl; [assumption| | |].
  - unfold zattended, zscores. rewrite !map_length. assumption.
  - intros i Hi. unfold zattended. rewrite (nth_map _ _ i [] []) by (unfold zscores; rewrite map_length; lia).
    cbv zeta. rewrite map_length. unfold zscores. rewrite (nth_map _ num i [] []) by lia. cbv zeta. rewrite map_length. assumption.
  - intros i j Hi Hj. apply (zattended_val s zA sc num den); assumption.
Qed.

Lemma build_from_good s zA sc t : represents_matrix s zA sc -> t == tau s -> forall k l m, good s l m ->
  forall q l', nth_error (build_from (dim s) t zA l k) q = Some l' -> good s l' (m + q).
Proof.
  intros HA Ht. induction k as [|k IH]; intros l m Hg q l' E.
  - destruct q as [|q]; simpl in E; [|destruct q; discriminate]. injection E as <-. rewrite Nat.add_0_r. assumption.
  - destruct q as [|q]; [simpl in E; injection E as <-; rewrite Nat.add_0_r; assumption|].
    cbn [build_from nth_error] in E. destruct (zstep (dim s) t (l_num l) (l_den l) (l_att l)) as [num den] eqn:Es.
    rewrite Nat.add_succ_r. change (S (m + q)) with (S m + q)%nat. apply (IH (make_layer zA num den)); [|exact E].
    apply (make_good s zA sc); [assumption|].
    destruct Hg as [Hr Hn Hrow Hatt].
    pose proof (zstep_rep s (l_num l) (l_den l) (run s m) (l_att l) t Hr Ht Hn Hrow Hatt) as H. rewrite Es in H. exact H.
Qed.

Lemma zmatrix_entry m c i j : rect m c = true -> (i < length m)%nat -> (j < c)%nat ->
  zi (zentry (zmatrix m) i j) == entry m i j * zi (zden m).
Proof.
  intros H Hi Hj. unfold zentry, zmatrix. cbv zeta. rewrite (nth_map _ m i [] []) by assumption.
  rewrite (nth_map _ _ j 0 0%Z) by (rewrite (rect_row m c i H Hi); assumption).
  apply zscale_val. apply (in_concat_nth m i j c); assumption.
Qed.

Theorem build_good s k : wellformed s = true -> forall q l, nth_error (build s k) q = Some l -> good (system_of s) l q.
Proof.
  intros W q l E. unfold wellformed in W. rewrite !andb_true_iff in W. destruct W as [[[[WA WT] _] _] _].
  unfold build in E. cbv zeta in E.
  change q with (0 + q)%nat. 
  assert (HA : represents_matrix (system_of s) (zmatrix (listed_A s)) (zden (listed_A s))).
  { split; simpl.
    - unfold zmatrix. cbv zeta. rewrite map_length. reflexivity.
    - intros i Hi. unfold zmatrix. cbv zeta. rewrite (nth_map _ _ i [] []) by assumption. rewrite map_length. apply rect_row; assumption.
    - apply zden_pos.
    - intros i j Hi Hj. apply (zmatrix_entry (listed_A s) (length (listed_A s))); assumption. }
  apply (build_from_good (system_of s) (zmatrix (listed_A s)) (zden (listed_A s)) (tau_of s) HA) with (k := k)
    (l := make_layer (zmatrix (listed_A s)) (zmatrix (listed_tokens s)) (zden (listed_tokens s))) (m := 0%nat); [| |exact E].
  - unfold tau_of. rewrite Qred_correct. reflexivity.
  - apply (make_good (system_of s) (zmatrix (listed_A s)) (zden (listed_A s))); [assumption|]. split; simpl.
    + unfold zmatrix. cbv zeta. rewrite map_length. reflexivity.
    + intros i Hi. unfold zmatrix. cbv zeta. rewrite (nth_map _ _ i [] []) by assumption. rewrite map_length. apply rect_row; assumption.
    + apply zden_pos.
    + intros i r Hi Hr. apply (zmatrix_entry (listed_tokens s) (length (listed_A s))); assumption.
Qed.
Lemma build_length s k : length (build s k) = S k.
Proof.
  unfold build. cbv zeta. generalize (make_layer (zmatrix (listed_A s)) (zmatrix (listed_tokens s)) (zden (listed_tokens s))).
  induction k as [|k IH]; intros l; [reflexivity|]. cbn [build_from]. destruct (zstep _ _ _ _ _) as [num den]. cbn [length]. rewrite IH. reflexivity.
Qed.
